import type * as tf from "@tensorflow/tfjs";

/** Frozen features of a split, with the labels of every level by the level's name. */
export type Features = {
  /** `[images, width]`, not normalised. */
  x: tf.Tensor2D;
  /** int32 `[images]` by level. */
  labels: Record<string, tf.Tensor1D>;
  /** Number of classes by level. */
  classes: Record<string, number>;
};

/** How often the right class came first, or among the first five; percent. */
export type Score = {
  top1: number;
  /** Among the first five; with fewer than five classes this is always 100 where every class has a score. */
  top5: number;
};
