import * as tf from "@tensorflow/tfjs";
import { logSumExp } from "./log_sum_exp.ts";

/** The label of an image that has none: it is left out of the loss. */
export const ignoredLabel: number = -100;

/**
 * The labels of all images of a data set, int32 `[size]`, from the clusters of some of them: row i
 * of the assignments is the image `index[i]`. The others have {@linkcode ignoredLabel}.
 */
export function labelsOf(
  assignments: tf.Tensor1D,
  { index, size }: { index: tf.Tensor1D; size: number },
): tf.Tensor1D {
  const none = tf.fill<tf.Rank.R1>([size], ignoredLabel, "int32");
  return tf.tensorScatterUpdate(none, index.expandDims(1), assignments) as tf.Tensor1D;
}

/**
 * The mean cross-entropy of logits `[rows, classes]` with labels, int32 `[rows]`, over the rows
 * whose label is not {@linkcode ignoredLabel}; 0 where no row has one.
 */
export function labelCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  const counts = labels.notEqual(ignoredLabel).toFloat();
  const places = tf.oneHot(labels.maximum(tf.scalar(0, "int32")), logits.shape[1]);
  const positive = logits.mul(places).sum(-1);
  const losses = logSumExp(logits).sub(positive).mul(counts);
  return losses.sum().div(counts.sum().maximum(1));
}
