import * as tf from "@tensorflow/tfjs";

/** The running statistics of a batch normalization; `num_batches_tracked` is an int32 scalar. */
export type BatchNormBuffers = {
  running_mean: tf.Tensor1D;
  running_var: tf.Tensor1D;
  num_batches_tracked: tf.Scalar;
};

/** Parameters and buffers of a batch normalization over rows. */
export type BatchNorm = { weight: tf.Tensor1D; bias: tf.Tensor1D } & BatchNormBuffers;

const epsilon = 1e-5;
const momentum = 0.1;

/** Normalizes rows `[batch, width]` by the running statistics. */
export function batchNorm(x: tf.Tensor2D, p: BatchNorm): tf.Tensor2D {
  return affine(x.sub(p.running_mean), p.running_var, p);
}

/** Normalizes rows `[batch, width]` by their own statistics, and gives the next running ones. */
export function trainBatchNorm(x: tf.Tensor2D, p: BatchNorm): [tf.Tensor2D, BatchNormBuffers] {
  const rows = x.shape[0];
  const mean = x.mean<tf.Tensor1D>(0);
  const distance = x.sub<tf.Tensor2D>(mean);
  const variance = distance.square().mean<tf.Tensor1D>(0);
  const unbiased = variance.mul<tf.Tensor1D>(rows / Math.max(1, rows - 1));
  return [affine(distance, variance, p), {
    running_mean: blend(p.running_mean, mean),
    running_var: blend(p.running_var, unbiased),
    num_batches_tracked: p.num_batches_tracked.add<tf.Scalar>(tf.scalar(1, "int32")),
  }];
}

function affine(distance: tf.Tensor2D, variance: tf.Tensor1D, p: BatchNorm): tf.Tensor2D {
  return distance.mul(variance.add(epsilon).rsqrt().mul(p.weight)).add(p.bias);
}

function blend(old: tf.Tensor1D, seen: tf.Tensor1D): tf.Tensor1D {
  return old.mul(1 - momentum).add(seen.mul(momentum));
}
