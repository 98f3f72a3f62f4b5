import { assertEquals } from "@std/assert";
import { permittedTest } from "../../testing/permitted.ts";
import { headsOf } from "./heads.ts";

const read = (root: unknown, width = 384, prefix = "model.") =>
  headsOf({ metadata: {}, root }, { width, prefix });

const map = (record: Record<string, unknown>) => new Map(Object.entries(record));

const assumed = { heads: 6, headsAssumed: true };

Deno.test("headsOf() reads what the file says, and else assumes what is published", () => {
  const metadata = { config: JSON.stringify({ heads: 4 }) };
  assertEquals(headsOf({ metadata }, { width: 384, prefix: "" }), {
    heads: 4,
    headsAssumed: false,
  });
  const known = { heads: 12, headsAssumed: false };
  for (const field of ["num_heads", "num_attention_heads", "n_heads", "heads"]) {
    assertEquals(read(map({ args: map({ [field]: 12 }) })), known);
  }
  const nested = map({ hyper_parameters: map({ model: map({ _val: 3, num_heads: 12 }) }) });
  assertEquals(read(nested), known);
  const node = map({ cfg: map({ _content: map({ num_heads: map({ _val: 12 }) }) }) });
  assertEquals(read(node), known);
  assertEquals(read(map({ args: map({ arch: "vit_small" }) })), { heads: 6, headsAssumed: false });
  assertEquals(read(null), assumed);
  assertEquals(read(null, 36), undefined);
});

Deno.test("headsOf() takes no number that does not fit, and none where several are", () => {
  assertEquals(read(map({ args: map({ num_heads: 7 }) })), assumed);
  assertEquals(read(map({ args: map({ num_heads: "x" }) })), assumed);
  assertEquals(read([map({ num_heads: 12 }), map({ num_heads: 16 })]), assumed);
  const circle = map({ args: 1 });
  circle.set("self", circle);
  assertEquals(read(circle), assumed);
});

Deno.test("headsOf() knows the 12 heads of MoCo-v3's ViT-S", () => {
  const prefixes = ["state_dict.module.base_encoder.", "module.momentum_encoder."];
  for (const prefix of prefixes) {
    assertEquals(read(null, 384, prefix), { heads: 12, headsAssumed: false });
    assertEquals(read(null, 768, prefix), { heads: 12, headsAssumed: true });
  }
});

permittedTest(
  "headsOf() reads the configuration of transformers beside the file",
  ["read", "write"],
  async () => {
    const folder = await Deno.makeTempDir();
    const path = `${folder}/model.safetensors`;
    const read = () => headsOf({ metadata: {}, path }, { width: 384, prefix: "" });
    assertEquals(read(), assumed);
    const write = (config: unknown) =>
      Deno.writeTextFile(`${folder}/config.json`, JSON.stringify(config));
    await write({ hidden_size: 384, num_attention_heads: 12 });
    assertEquals(read(), { heads: 12, headsAssumed: false });
    await write({ hidden_size: 768, num_attention_heads: 12 });
    assertEquals(read(), assumed);
    await Deno.remove(folder, { recursive: true });
  },
);
