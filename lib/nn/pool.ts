import * as tf from "@tensorflow/tfjs";

/** Options of {@linkcode maxPool}. */
export type MaxPoolOptions = {
  /** Side of the window in pixels. */
  size: number;
  /** Pixels from one window to the next, both ways. */
  stride: number;
  /**
   * Pixels added on each of the four sides, which are never the largest; or `same`, TensorFlow's
   * rule.
   */
  padding?: number | "same";
};

/** The largest value of each window of images `[batch, height, width, channels]`. */
export function maxPool(
  x: tf.Tensor4D,
  { size, stride, padding = 0 }: MaxPoolOptions,
): tf.Tensor4D {
  if (padding === "same") return tf.maxPool(x, size, stride, "same");
  const side: [number, number] = [padding, padding];
  const padded = padding ? tf.pad(x, [[0, 0], side, side, [0, 0]], -Infinity) : x;
  return tf.maxPool(padded, size, stride, "valid");
}

/** The mean over all places of images `[batch, height, width, channels]`: `[batch, channels]`. */
export function globalPool(x: tf.Tensor4D): tf.Tensor2D {
  return x.mean([1, 2]);
}
