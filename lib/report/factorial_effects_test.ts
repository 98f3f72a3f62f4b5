import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { addedEffect, factorialEffects } from "./factorial_effects.ts";
import { combinationNames } from "./study_scores.ts";

/** Scores of one seed that follow from the supervisions of a cell. */
function scoresOf(score: (ids: number, lgds: number, gds: number) => number, seeds = [0]) {
  return new Map(["untrained", ...combinationNames].map((name) => {
    const has = (factor: string) => Number(name.split(" + ").includes(factor));
    const value = score(has("IDS"), has("LGDS"), has("GDS"));
    return [name, new Map(seeds.map((seed) => [seed, value + seed]))] as const;
  }));
}

Deno.test("factorialEffects() finds the terms of which scores consist", () => {
  // An interaction of two adds half of itself to the main effect of each, and so on.
  const scores = scoresOf((i, l, g) => 10 + 4 * i + 6 * l - 2 * g - 3 * i * l + 8 * i * l * g);
  const effects = Object.fromEntries(
    factorialEffects(scores).map(({ name, mean }) => [name, mean]),
  );
  assertEquals(effects, {
    "IDS": 4 - 3 / 2 + 8 / 4,
    "LGDS": 6 - 3 / 2 + 8 / 4,
    "GDS": -2 + 8 / 4,
    "IDS × LGDS": -3 + 8 / 2,
    "IDS × GDS": 8 / 2,
    "LGDS × GDS": 8 / 2,
    "IDS × LGDS × GDS": 8,
  });
});

Deno.test("factorialEffects() has intervals over the seeds that have all cells, and nothing else", () => {
  const scores = scoresOf((i) => 5 * i, [0, 1, 2]);
  scores.get("GDS")!.delete(2);
  const [ids] = factorialEffects(scores);
  assertEquals([ids!.mean, ids!.half, ids!.count], [5, 0, 2]);
  scores.get("untrained")!.clear();
  assertEquals(factorialEffects(scores), []);
});

Deno.test("addedEffect() is the mean gain over the three combinations without a supervision", () => {
  // To LGDS and GDS alone 10 is added, to both together 4 more.
  const scores = scoresOf((i, l, g) => 50 + 10 * i + 4 * i * l * g);
  scores.delete("untrained");
  assertAlmostEquals(addedEffect(scores, "IDS")!.mean, (10 + 10 + 14) / 3, 1e-12);
  assertAlmostEquals(addedEffect(scores, "GDS")!.mean, (0 + 0 + 4) / 3, 1e-12);
  assert(addedEffect(scores, "IDS")!.half === null);
  scores.delete("IDS");
  assertEquals(addedEffect(scores, "IDS"), null);
});
