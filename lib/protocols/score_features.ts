import type { Processes } from "../nn/mod.ts";
import { accuracy } from "./accuracy.ts";
import { checkMatrix } from "./check_features.ts";
import { knn } from "./knn.ts";
import { knnSweep, type SweepOptions, type SweepScore } from "./knn_sweep.ts";
import { linearProbe, type LinearScore } from "./linear_probe.ts";
import { atLevel, type Features, type LabeledFeatures, type Score } from "./score.ts";

/** How features are scored; without a protocol by both. */
export type Evaluation = {
  /** Neighbors that vote. */
  k?: number;
  /** Temperature of their votes. */
  temperature?: number;
  /** Seed of the linear probe. */
  seed?: number;
  protocol?: "knn" | "linear";
  /** Several numbers of neighbors and temperatures, each pair of which is scored by itself. */
  sweep?: SweepOptions;
  /** Whether scores have the mean over the classes, too. */
  perClass?: boolean;
  /**
   * A probe of more numbers than this takes too long and is left out: raw pixels of many classes.
   * By default 2 million; {@linkcode scoreAll} leaves out none of a trained encoder.
   */
  largestProbe?: number;
  /**
   * The processes that share the work, each of which has all features and receives all scores; by
   * default this one is alone.
   */
  processes?: Processes;
  /** Takes how many passes the linear probe of a level has done. */
  onProgress?: (count: Count) => void;
};

/** How far something that is counted has come. */
export type Count = { what: string; done: number; total: number };

/** The scores of one level; `null` for what was not asked for or would take too long. */
export type LevelScores = {
  level: string;
  knn: Score | null;
  linear: LinearScore | null;
  /** The scores of k-NN for several choices, where requested. */
  sweep?: SweepScore[];
  /** Top-1 of a guess, percent. */
  chance: number;
};

/** Features as wide as raw pixels would take minutes; they get fewer candidates and passes. */
const wide = { learningRates: [1e-4, 1e-3, 1e-2], epochs: 20 };

/** Scores frozen features at every level of their labels, by k-NN and by linear probe. */
export async function scoreFeatures(
  train: Features,
  test: Features,
  {
    k = 20,
    temperature = 0.07,
    seed = 0,
    protocol,
    largestProbe = 2e6,
    sweep,
    perClass,
    processes,
    onProgress,
  }: Evaluation = {},
): Promise<LevelScores[]> {
  if (protocol !== undefined && protocol !== "knn" && protocol !== "linear") {
    throw new RangeError(`\`protocol\` takes one of knn, linear, not "${protocol}"`);
  }
  checkMatrix("the training features", train.x);
  const [, width] = train.x.shape;
  const probe = { seed, perClass, processes, ...(width > 4096 ? wide : {}) };
  const scores: LevelScores[] = [];
  for (const level of Object.keys(train.labels)) {
    const [labeled, unlabeled] = [atLevel(train, level), atLevel(test, level)];
    const { classes } = labeled;
    const onPass = (done: number, total: number) =>
      onProgress?.({ what: `linear probe, ${level}`, done, total });
    scores.push({
      level,
      knn: protocol === "linear"
        ? null
        : scoreKnn(labeled, unlabeled, { k, temperature, perClass, processes }),
      linear: protocol === "knn" || width * classes > largestProbe
        ? null
        : await linearProbe(labeled, unlabeled, { ...probe, onPass }),
      ...sweep && { sweep: knnSweep(labeled, unlabeled, { ...sweep, perClass, processes }) },
      chance: 100 / classes,
    });
  }
  return scores;
}

/** The accuracy of k-NN; a class without votes is never counted among the first five. */
function scoreKnn(
  train: LabeledFeatures,
  test: LabeledFeatures,
  { perClass, ...options }: Pick<Evaluation, "k" | "temperature" | "perClass" | "processes">,
): Score {
  const votes = knn(train, test.x, options);
  const score = accuracy(votes, test.labels, { floor: 0, perClass });
  votes.dispose();
  return score;
}
