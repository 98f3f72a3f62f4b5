import * as tf from "@tensorflow/tfjs";
import { type Processes, sumOver } from "../nn/mod.ts";

/** Options of {@linkcode sinkhorn}. */
export type SinkhornOptions = {
  /** How soft the assignments are: scores are divided by it. */
  epsilon: number;
  /** How often prototypes and rows take turns in being normalized. */
  iterations: number;
  /** 1 for the rows that count, 0 for the others, `[rows]`; by default all count. */
  weights?: tf.Tensor1D;
  /** The processes whose rows are assigned together; by default this one is alone. */
  processes?: Processes;
};

/**
 * Soft assignments of rows to prototypes, `[rows, prototypes]`, that follow their scores and give
 * every prototype about the same share of the rows: each row adds up to 1, and each prototype is
 * brought toward rows / prototypes. Rows that do not count have zeros.
 *
 * Source: Caron et al. 2020, section 3.1; `distributed_sinkhorn` in SwAV's main_swav.py.
 */
export function sinkhorn(
  scores: tf.Tensor2D,
  { epsilon, iterations, weights, processes }: SinkhornOptions,
): tf.Tensor2D {
  const shares = scores.div<tf.Tensor2D>(epsilon).exp<tf.Tensor2D>();
  const counted = weights ? shares.mul<tf.Tensor2D>(weights.expandDims(1)) : shares;
  const total = <T extends tf.Tensor>(x: T) => processes ? sumOver(x) : x;
  let q = counted.div<tf.Tensor2D>(total(counted.sum())).mul<tf.Tensor2D>(
    weights ? total(weights.sum()) : scores.shape[0] * (processes?.count ?? 1),
  );
  for (let i = 0; i < iterations; i++) {
    q = q.div(total(q.sum(0, true)));
    const sums = q.sum(1, true); // [rows, 1]
    q = q.div(weights ? sums.add(tf.sub(1, weights.expandDims(1))) : sums);
  }
  return q;
}
