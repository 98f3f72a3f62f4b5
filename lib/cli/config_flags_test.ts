import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { fields, presets, scaled } from "../configs/mod.ts";
import { configFlags, configure, kebab } from "./config_flags.ts";
import { parse, read } from "./flags.ts";

Deno.test("every field of every preset is a flag that reads its own default", () => {
  for (const config of Object.values(presets)) {
    for (const [name, value] of Object.entries(config)) {
      const flag = configFlags[kebab(name)];
      assert(flag, name);
      const text = value === null ? "none" : String(value);
      if (flag.kind !== "switch") assertEquals(read(kebab(name), flag, text), value, name);
    }
    assertEquals(Object.keys(config).sort(), Object.keys(fields).sort());
  }
});

const config = (line: string) =>
  configure(parse(line.split(" ").filter(Boolean), configFlags).values);

Deno.test("configure() begins with the preset and takes the flags in place of its fields", async () => {
  assertEquals(await config("--preset vit_small --batch-size 8"), {
    ...presets.vit_small,
    batchSize: 8,
  });
  assertEquals((await config("--no-shared-crops")).sharedCrops, false);
});

Deno.test("configure() leaves an official preset as published whatever the batch", async () => {
  for (const [name, preset] of Object.entries(presets)) {
    if (scaled.includes(preset.preset)) continue;
    assertEquals(await config(`--preset ${name} --batch-size 2`), { ...preset, batchSize: 2 });
  }
});

Deno.test("configure() lets momentum, queues and memory of a small preset follow the batch", async () => {
  const { batchSize, teacherMomentum, memory } = await config("--batch 16");
  assertEquals([batchSize, memory], [16, presets.tiny.memory / 4]);
  assertAlmostEquals(teacherMomentum ** 4, presets.tiny.teacherMomentum, 1e-5);
  assertEquals((await config("--batch-size 16 --memory 999")).memory, 999);
  for (const name of scaled) {
    assertEquals(
      await config(`--preset ${name} --batch ${presets[name].batchSize}`),
      presets[name],
    );
    for (const size of [2, 60000]) await config(`--preset ${name} --batch ${size}`); // room for a step
  }
});

Deno.test("configure() lets --arch set the sizes, and calls other sizes custom", async () => {
  const { width, depth, heads } = await config("--arch vit_base --depth 2");
  assertEquals([width, depth, heads], [768, 2, 12]);
  assertEquals((await config("--preset vit_small --depth 2")).arch, "custom");
});

for (
  const [line, message] of [
    ["--heads 3", "--width 128 cannot be split"],
    ["--global-size 33", "not a multiple of --patch-size 8"],
    ["--eval-size 50", "not a multiple of --patch-size 8"],
    ["--local-scale 0.5,0.1", "begins above its end"],
    ["--jitter-strength 1,1,1,1", "hue by at most 0.5"],
    ["--memory 4", "--neighbors 8 cannot be found"],
    ["--mlp-ratio 1.3", "is no whole number"],
    ["--instance-queue 127", "no room for the 128 rows"],
    ["--memory 63", "no room for the 64 rows"],
    ["--loss-weights 0,0,0", "nothing to learn from"],
  ]
) {
  Deno.test(`configure() refuses "${line}"`, async () => {
    await assertRejects(() => config(line), RangeError, message);
  });
}
