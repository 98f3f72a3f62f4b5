import * as tf from "@tensorflow/tfjs";

/**
 * Mean cross-entropy of logits `[batch, classes]` against targets of the same shape that sum to 1:
 * labels smoothed, or mixed by mixup and cutmix.
 */
export function crossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  return tf.logSoftmax(logits).mul(targets).sum(-1).mean<tf.Scalar>().neg();
}
