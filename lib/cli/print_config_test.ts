import { assert, assertEquals, assertMatch } from "@std/assert";
import { fields, headings, presets } from "../configs/mod.ts";
import { configFlags, resolve } from "./config_flags.ts";
import { parse } from "./flags.ts";
import { printed } from "./print_config.ts";

const shown = async (line: string, json = false) =>
  printed(await resolve(parse(line.split(" ").filter(Boolean), configFlags).values), { json });

for (const name of Object.keys(presets)) {
  Deno.test(`--print-config shows every value of ${name} with its origin`, async () => {
    const { source, config } = JSON.parse(await shown(`--preset ${name}`, true));
    assertEquals(source, headings[presets[name].preset].source);
    const { learningRateAtBatch, ...values } = config;
    assertEquals(Object.keys(values).sort(), Object.keys(fields).sort());
    for (
      const [field, { value, origin }] of Object.entries<{ value: unknown; origin: string }>(values)
    ) {
      assertEquals(value, presets[name][field as keyof typeof fields]);
      assertEquals(
        origin,
        field === "preset" ? "flag --preset" : `preset ${presets[name].preset}`,
      );
    }
    assertMatch(learningRateAtBatch.origin, /^rule/);
  });
}

Deno.test("--print-config tells flags, rules and the preset apart", async () => {
  const { config } = JSON.parse(await shown("--batch 128 --memory 300 --arch vit_tiny", true));
  assertEquals(config.batchSize, { value: 128, origin: "flag --batch-size" });
  assertEquals(config.memory, { value: 300, origin: "flag --memory" });
  assertEquals(config.width, { value: 192, origin: "rule: of the architecture" });
  assertEquals([config.instanceQueue.value, config.teacherMomentum.value], [4096, 0.9801]);
  assertMatch(config.teacherMomentum.origin, /^rule: .*Busbridge/);
  assertEquals(config.learningRateAtBatch.value, 0.003);
  assertEquals(config.heads.origin.slice(0, 4), "rule");
});

Deno.test("--print-config is a table of flags for a reader", async () => {
  const text = await shown("--preset vit_large_250ep --batch-size 2");
  assertMatch(text, /^# source: official/);
  assertMatch(text, /^batch-size +2 +flag --batch-size$/m);
  assertMatch(text, /^tighten-clip +101 +preset vit_large_250ep$/m);
  assert(text.endsWith("\n"));
});
