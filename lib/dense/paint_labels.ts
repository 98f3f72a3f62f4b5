import * as tf from "@tensorflow/tfjs";

/**
 * The label of each pixel: soft labels of places are interpolated, each label is stretched to reach
 * from 0 to 1, and the strongest one wins (`norm_mask` of the reference).
 *
 * @param labels How much of each label is in a place, `[rows, columns, labels]`.
 * @param patch Height and width of a place in pixels.
 * @returns `[rows * patch, columns * patch]`.
 */
export function paintLabels(labels: tf.Tensor3D, patch: number): tf.Tensor2D {
  return stretched(labels, patch).argMax<tf.Tensor2D>(2);
}

/** The soft labels of each pixel, `[rows * patch, columns * patch, labels]`, from 0 to 1. */
export function stretched(labels: tf.Tensor3D, patch: number): tf.Tensor3D {
  const pixels = enlarged(labels, patch);
  const [lowest, highest] = [pixels.min([0, 1], true), pixels.max([0, 1], true)];
  const range = highest.sub(lowest);
  // A label that is everywhere alike becomes not-a-number in the reference, which wins everywhere.
  const shares = tf.where(range.equal(0), tf.onesLike(pixels), pixels.sub(lowest).div(range));
  return tf.where(highest.greater(0), shares, pixels);
}

/** Soft labels of each pixel, interpolated between the centers of places. */
export function enlarged(labels: tf.Tensor3D, patch: number): tf.Tensor3D {
  const [rows, columns] = labels.shape;
  return tf.image.resizeBilinear(labels, [rows * patch, columns * patch], false, true);
}
