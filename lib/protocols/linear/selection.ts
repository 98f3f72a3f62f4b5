import type { LinearRecipe } from "./classifiers.ts";

/** The best classifier of an epoch by its place among all. */
export type BestClassifier = { epoch: number; index: number; top1: number };

/** What the original keeps of an evaluation after each epoch. */
export type Selection = {
  /** The best classifier of all epochs. */
  best: BestClassifier;
  /** The best top-1 of those that SGD trains without weight decay. */
  bestOfRates: number;
  /** The best classifier of the last epoch, which the original names beside the best accuracy. */
  last: BestClassifier;
};

/**
 * Chooses among classifiers by their top-1 on the test part, as the original does. Of equal ones
 * the later classifier is better, and the later epoch.
 *
 * Source: Mugs' `eval_linear_multi_classifier.py`.
 *
 * @param epochs The top-1 of every classifier after each epoch, percent.
 */
export function selectClassifier(
  epochs: readonly (readonly number[])[],
  recipes: readonly LinearRecipe[],
): Selection {
  const none: BestClassifier = { epoch: -1, index: -1, top1: -Infinity };
  const better = (a: BestClassifier, b: BestClassifier) => b.top1 >= a.top1 ? b : a;
  const bests = epochs.map((scores, epoch) =>
    scores.map((top1, index) => ({ epoch, index, top1 })).reduce(better, none)
  );
  const isPlain = ({ weightDecay, optimizer }: LinearRecipe) =>
    weightDecay === 0 && optimizer === "sgd";
  const plain = epochs.flatMap((scores) => scores.filter((_, i) => isPlain(recipes[i]!)));
  return {
    best: bests.reduce(better, none),
    bestOfRates: Math.max(...plain),
    last: bests.at(-1) ?? none,
  };
}
