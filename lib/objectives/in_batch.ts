import * as tf from "@tensorflow/tfjs";
import { gatherRows, normalize, type Processes } from "../nn/mod.ts";
import { logSumExp } from "./log_sum_exp.ts";

/** Options of {@linkcode inBatchContrast} and {@linkcode ntXent}. */
export type InBatchOptions = {
  temperature: number;
  /** Whether rows get unit length first; by default they do. */
  normalized?: boolean;
  /** The processes whose images together are the batch; by default this one is alone. */
  processes?: Processes;
};

/**
 * InfoNCE of queries `[batch, width]` whose negatives are the keys `[batch, width]` of the other
 * images: row i of both is image i. No gradient reaches the keys unless they come from the same
 * variables.
 *
 * Source: MoCo-v3, `contrastive_loss` in moco/builder.py, which multiplies by 2 T besides.
 */
export function inBatchContrast(
  queries: tf.Tensor2D,
  keys: tf.Tensor2D,
  { temperature, normalized = true, processes }: InBatchOptions,
): tf.Scalar {
  const [q, k] = normalized ? [normalize(queries), normalize(keys)] : [queries, keys];
  const all = gatherRows(k, processes);
  const logits = tf.matMul(q, all, false, true).div<tf.Tensor2D>(temperature); // [batch, all]
  const positive = q.mul(k).sum(-1).div(temperature);
  return logSumExp(logits).sub(positive).mean();
}

/**
 * NT-Xent, SimCLR's loss: each of two views of an image is to find the other among all views of the
 * batch but itself. `views` `[2 * batch, width]` are the first views of all images, then the
 * second ones. It is the sum of both directions, twice the mean over all rows.
 *
 * Source: Chen et al. 2020, equation 1; `add_contrastive_loss` in SimCLR's tf2/objective.py.
 */
export function ntXent(
  views: tf.Tensor2D,
  { temperature, normalized = true, processes }: InBatchOptions,
): tf.Scalar {
  const rows = views.shape[0];
  const x = normalized ? normalize(views) : views;
  const [first, second] = tf.split(x, 2) as [tf.Tensor2D, tf.Tensor2D];
  const all = gatherRows(x, processes);
  const itself = ownColumns(rows, processes).mul(1e9); // so that exp() of what remains is 0
  const logits = tf.matMul(x, all, false, true).div(temperature).sub(itself);
  const positive = first.mul(second).sum(-1).div(temperature);
  return logSumExp(logits).mean().sub(positive.mean()).mul(2);
}

/** 1 where a row of this process meets itself among those of all, else 0. */
function ownColumns(rows: number, processes: Processes | undefined): tf.Tensor2D {
  const square = tf.eye(rows);
  if (!processes) return square;
  const { count, index } = processes;
  return square.pad([[0, 0], [index * rows, (count - 1 - index) * rows]]);
}
