import { accuracy } from "./accuracy.ts";
import { knn } from "./knn.ts";
import { linear, type LinearScore } from "./linear.ts";
import type { Features, Score } from "./score.ts";

/** How features are scored; without a protocol by both. */
export type Evaluation = {
  k?: number;
  temperature?: number;
  seed?: number;
  protocol?: "knn" | "linear";
  /** A probe of more numbers than this takes too long and is left out: raw pixels of many classes. */
  largestProbe?: number;
};

/** The scores of one level; `null` for what was not asked or would take too long. */
export type LevelScores = {
  level: string;
  knn: Score | null;
  linear: LinearScore | null;
  /** Top-1 of a guess, percent. */
  chance: number;
};

/** Features as wide as raw pixels would take minutes; they get fewer candidates and passes. */
const wide = { learningRates: [1e-4, 1e-3, 1e-2], epochs: 20 };

/** Scores frozen features at every level of their labels, by k-NN and by linear probe. */
export async function evaluate(
  train: Features,
  test: Features,
  { k = 20, temperature = 0.07, seed = 0, protocol, largestProbe = 2e6 }: Evaluation = {},
): Promise<LevelScores[]> {
  const probe = { seed, ...(train.x.shape[1] > 4096 ? wide : {}) };
  const scores: LevelScores[] = [];
  for (const [level, labels] of Object.entries(train.labels)) {
    const classes = train.classes[level];
    const learned = { x: train.x, labels, classes };
    const unknown = { x: test.x, labels: test.labels[level], classes };
    const vote = () => {
      const votes = knn(learned, unknown.x, { k, temperature });
      const score = accuracy(votes, unknown.labels, { floor: 0 });
      votes.dispose();
      return score;
    };
    scores.push({
      level,
      knn: protocol === "linear" ? null : vote(),
      linear: protocol === "knn" || train.x.shape[1] * classes > largestProbe
        ? null
        : await linear(learned, unknown, probe),
      chance: 100 / classes,
    });
  }
  return scores;
}
