import * as tf from "@tensorflow/tfjs";
import { logSumExp } from "./log_sum_exp.ts";

/** What queries are compared with, besides their keys. */
export type QueueContrast = {
  /** Negative keys as columns, `[width, keys]`. */
  queue: tf.Tensor2D;
  temperature: number;
};

/**
 * How much each query `[batch, width]` is like its own key, then like each key of the queue,
 * `[batch, 1 + keys]`, divided by the temperature. All rows and columns have unit length.
 */
export function contrastLogits(
  queries: tf.Tensor2D,
  keys: tf.Tensor2D,
  { queue, temperature }: QueueContrast,
): tf.Tensor2D {
  const positive = queries.mul<tf.Tensor2D>(keys).sum<tf.Tensor2D>(-1, true);
  const negative: tf.Tensor2D = tf.matMul(queries, queue);
  return tf.concat2d([positive, negative], 1).div(temperature);
}

/**
 * InfoNCE of logits `[batch, 1 + keys]` whose first column is the right answer (He et al. 2020,
 * equation 1).
 */
export function firstIsRight(logits: tf.Tensor2D): tf.Scalar {
  const positive = logits.slice([0, 0], [-1, 1]).squeeze([1]);
  return logSumExp(logits).sub(positive).mean();
}
