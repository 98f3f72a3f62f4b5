import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { type MugsConfig, type Recipe, recipes, tiny } from "../configs/mod.ts";
import { configure } from "../jobs/configure.ts";
import { asFlags } from "./as_flags.ts";
import { parseFlags } from "./parse_flags.ts";
import { parseValue } from "./parse_value.ts";
import { recipeFlags, requestOf } from "./recipe_flags.ts";

const flags = recipeFlags("mugs");

const { presets, scaled } = recipes.mugs;

for (const { name: method, title, presets, fields } of Object.values<Recipe>(recipes)) {
  Deno.test(`every field of every preset of ${title} is a flag that reads its own default`, () => {
    const flags = recipeFlags(method);
    for (const config of Object.values(presets)) {
      for (const [name, value] of Object.entries(config)) {
        const field = fields[name as keyof typeof fields];
        assert(field, name);
        const flag = flags[name];
        if (!flag) {
          assertEquals(field.kind, "fixed", name);
          continue;
        }
        const text = value === null ? "none" : String(value);
        if (flag.kind !== "switch") assertEquals(parseValue(text, { name, flag }), value, name);
      }
      const missing = Object.keys(flags).filter((name) => !Object.hasOwn(config, name));
      assertEquals(missing, []);
    }
  });
}

/** The configuration that a command line describes. */
function config(line: string): MugsConfig {
  const { values, named } = parseFlags(line.split(" "), flags);
  return configure(requestOf(flags, values, named)).config as MugsConfig;
}

Deno.test("configure() begins with the preset and takes the flags in place of its fields", () => {
  assertEquals(config("--preset vit_small --batch-size 8"), {
    ...presets.vit_small,
    batchSize: 8,
  });
  assertEquals(config("--no-shared-crops").sharedCrops, false);
});

Deno.test("configure() leaves an official preset as published whatever the batch", () => {
  for (const [name, preset] of Object.entries(presets)) {
    if (scaled.includes(preset.preset)) continue;
    assertEquals(config(`--preset ${name} --batch-size 2`), { ...preset, batchSize: 2 });
  }
});

Deno.test("configure() lets momentum, queues and memory of a small preset follow the batch", () => {
  const { batchSize, teacherMomentum, memory } = config("--batch 16");
  assertEquals([batchSize, memory], [16, tiny.memory / 4]);
  assertAlmostEquals(teacherMomentum ** 4, tiny.teacherMomentum, 1e-5);
  assertEquals(config("--batch-size 16 --memory 999").memory, 999);
  for (const name of scaled) {
    assertEquals(
      config(`--preset ${name} --batch ${presets[name]?.batchSize}`),
      presets[name],
    );
    for (const size of [2, 60000]) config(`--preset ${name} --batch ${size}`); // room for a step
  }
});

Deno.test("configure() gives a residual network the sizes of its architecture", () => {
  const sizes = (overrides: { arch: string }) =>
    configure({ method: "dino", preset: "resnet50_100ep", overrides }).config.resnet;
  assertEquals(sizes({ arch: "resnet18" })?.block, "basic");
  assertEquals(sizes({ arch: "vit_small" }), undefined);
});

Deno.test("configure() lets --arch set the sizes, and calls other sizes custom", () => {
  const { width, depth, heads } = config("--arch vit_base --depth 2");
  assertEquals([width, depth, heads], [768, 2, 12]);
  assertEquals(config("--preset vit_small --depth 2").arch, "custom");
});

Deno.test("asFlags() writes options as flags, those that are false with no-", () => {
  const switches = { hardTargets: { kind: "switch", default: true, about: "" } } as const;
  assertEquals(
    asFlags("`hardTargets` or `hardTargets: false`, not `other: false`", switches),
    "--hard-targets or --no-hard-targets, not `other: false`",
  );
});

const refusals: [line: string, message: string][] = [
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
];

for (const [line, message] of refusals) {
  Deno.test(`configure() refuses "${line}"`, () => {
    const error = assertThrows(() => config(line), RangeError);
    assertStringIncludes(asFlags(error.message, flags), message);
  });
}
