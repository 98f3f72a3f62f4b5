/**
 * How features are made and scored: k-NN, linear probe, and what they are compared with.
 *
 * @module
 */
export { accuracy, type AccuracyOptions } from "./accuracy.ts";
export { baselineSize, colorHistogram, rawPixels } from "./baselines.ts";
export { describe } from "./describe.ts";
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
export { network } from "./network.ts";
export type { Features, Score } from "./score.ts";
