import type * as tf from "@tensorflow/tfjs";

/** Frozen features of a split, with the labels of every level by the level's name. */
export type Features = {
  /** `[images, width]`, not normalized. */
  x: tf.Tensor2D;
  /** int32 `[images]` by level. */
  labels: Record<string, tf.Tensor1D>;
  /** Number of classes by level. */
  classes: Record<string, number>;
};

/** Features at one level of their labels: `[images, width]` and int32 `[images]`. */
export type LabeledFeatures = { x: tf.Tensor2D; labels: tf.Tensor1D; classes: number };

/**
 * Features at one level of their labels.
 *
 * @throws {RangeError} If they have no such level.
 */
export function atLevel({ x, labels, classes }: Features, level: string): LabeledFeatures {
  const [truth, count] = [labels[level], classes[level]];
  if (truth && count) return { x, labels: truth, classes: count };
  const levels = Object.keys(labels).join(", ") || "none";
  throw new RangeError(`Cannot score features at the level "${level}": the levels are ${levels}`);
}

/** How often the right class came first, or among the first five; percent. */
export type Score = {
  top1: number;
  /** With fewer than five classes this is always 100 where every class has a score. */
  top5: number;
  /** The mean over the classes that have images of how often each came first; where requested. */
  perClass?: number;
};
