/**
 * How features are made and scored: k-NN, linear probe, and what they are compared with.
 *
 * @module
 */
export { accuracy, type AccuracyOptions } from "./accuracy.ts";
export { type Attended, attended } from "./attended.ts";
export { baselineSize, colorHistogram, rawPixels } from "./baselines.ts";
export { crossEntropy } from "./cross_entropy.ts";
export { describe } from "./describe.ts";
export { evaluate, type Evaluation, type LevelScores } from "./evaluate.ts";
export { baselines, extract, type Pair, type Seen, untrained } from "./extract.ts";
export { type Embed, type FeatureOptions, features, labelled } from "./features.ts";
export { type Chunks, knn, type KnnOptions, type Nearest, nearest } from "./knn.ts";
export {
  type Labelled,
  learningRates,
  type Linear,
  linear,
  type LinearOptions,
  type LinearScore,
  probe,
} from "./linear.ts";
export { logistic, type LogisticData, type LogisticOptions, logisticScores } from "./logistic.ts";
export { at, type KnnScore, knnSweep } from "./knn_sweep.ts";
export { localGroupFeatures } from "./local_group.ts";
export { network } from "./network.ts";
export { probeFeatures } from "./probe_features.ts";
export { neighborPurity } from "./purity.ts";
export type { Features, Score } from "./score.ts";
export { sameImage, type SameImageOptions } from "./same_image.ts";
export { type NamedImage, similar, type SimilarOptions } from "./similar.ts";
