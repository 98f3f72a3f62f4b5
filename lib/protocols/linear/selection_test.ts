import { assertAlmostEquals, assertEquals } from "@std/assert";
import { linearRates, type LinearRecipe, selectClassifier } from "../mod.ts";

const recipe = (weightDecay: number, optimizer: "sgd" | "lars" = "sgd"): LinearRecipe => {
  return { rate: 0.1, weightDecay, optimizer };
};

Deno.test("of equal classifiers the later one is chosen, and of equal epochs the later one", () => {
  const recipes = [recipe(0), recipe(1e-3), recipe(0, "lars")];
  const { best, bestOfRates, last } = selectClassifier(
    [[10, 50, 50], [20, 50, 30], [20, 40, 30]],
    recipes,
  );
  assertEquals(best, { epoch: 1, index: 1, top1: 50 });
  assertEquals(last, { epoch: 2, index: 1, top1: 40 });
  assertEquals(bestOfRates, 20); // of those without weight decay, by SGD
});

Deno.test("a rate below the least one rises", () => {
  const options = { epochs: 2, batchSize: 256, minimum: 0.5 };
  const [first, second] = [0, 1].map((epoch) => linearRates([recipe(0)], epoch, options)[0]!);
  assertAlmostEquals(first!, 0.1);
  assertAlmostEquals(second!, 0.3);
});
