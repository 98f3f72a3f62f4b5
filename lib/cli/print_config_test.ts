import { assert, assertEquals, assertMatch } from "@std/assert";
import { recipes } from "../configs/mod.ts";
import { configure } from "../jobs/configure.ts";
import { parseFlags } from "./parse_flags.ts";
import { configRecord, printConfig } from "./print_config.ts";
import { recipeFlags, requestOf } from "./recipe_flags.ts";

const flags = recipeFlags("mugs");

function configured(line: string) {
  const { values, named } = parseFlags(line.split(" "), flags);
  return configure(requestOf(flags, values, named));
}

// deno-lint-ignore no-explicit-any
const recorded = (line: string): any => configRecord(configured(line));

const { fields, headings, presets } = recipes.mugs;

for (const [name, preset] of Object.entries(presets)) {
  Deno.test(`--print-config shows every value of ${name} with its origin`, () => {
    const { source, config } = recorded(`--preset ${name}`);
    assertEquals(source, headings[preset.preset]?.source);
    const { learningRateAtBatch, ...values } = config;
    assertEquals(Object.keys(values).sort(), Object.keys(flags).sort());
    for (
      const [field, { value, origin }] of Object.entries<{ value: unknown; origin: string }>(values)
    ) {
      assertEquals(value, preset[field as keyof typeof fields]);
      assertEquals(
        origin,
        field === "preset" ? "flag --preset" : `preset ${preset.preset}`,
      );
    }
    assertMatch(learningRateAtBatch.origin, /^rule/);
  });
}

Deno.test("--print-config tells flags, rules and the preset apart", () => {
  const { config } = recorded("--batch 128 --memory 300 --arch vit_tiny");
  assertEquals(config.batchSize, { value: 128, origin: "flag --batch-size" });
  assertEquals(config.memory, { value: 300, origin: "flag --memory" });
  assertEquals(config.width, { value: 192, origin: "rule: of the architecture" });
  assertEquals([config.instanceQueue.value, config.teacherMomentum.value], [4096, 0.9409]);
  assertMatch(config.teacherMomentum.origin, /^rule: .*Busbridge/);
  assertEquals(config.learningRateAtBatch.value, 0.003);
  assertEquals(config.heads.origin.slice(0, 4), "rule");
});

Deno.test("--print-config is a table of flags for a reader", () => {
  const text = printConfig(configured("--preset vit_large_250ep --batch-size 2"));
  assertMatch(text, /^# source: official/);
  assertMatch(text, /^batch-size +2 +flag --batch-size$/m);
  assertMatch(text, /^tighten-clip +101 +preset vit_large_250ep$/m);
  assert(text.endsWith("\n"));
});
