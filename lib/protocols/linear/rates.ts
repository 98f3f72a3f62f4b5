import type { LinearRecipe } from "./classifiers.ts";

/** What the rates of an epoch depend on beside the recipes. */
export type RateOptions = {
  epochs: number;
  batchSize: number;
  /**
   * The learning rate at the end, which the size of a batch does not scale: below it, rates rise.
   */
  minimum: number;
};

/** The learning rate of every classifier in an epoch: a cosine from epoch to epoch. */
export function linearRates(
  recipes: readonly LinearRecipe[],
  epoch: number,
  { epochs, batchSize, minimum }: RateOptions,
): number[] {
  const share = 0.5 * (1 + Math.cos(Math.PI * epoch / epochs));
  return recipes.map(({ rate }) => minimum + (rate * batchSize / 256 - minimum) * share);
}
