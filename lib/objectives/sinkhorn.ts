import * as tf from "@tensorflow/tfjs";

/** Options of {@linkcode sinkhorn}. */
export type SinkhornOptions = {
  /** How soft the assignments are: scores are divided by it. */
  epsilon: number;
  /** How often prototypes and rows take turns in being normalized. */
  iterations: number;
  /** 1 for the rows that count, 0 for the others, `[rows]`; by default all count. */
  weights?: tf.Tensor1D;
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
  { epsilon, iterations, weights }: SinkhornOptions,
): tf.Tensor2D {
  const shares = scores.div<tf.Tensor2D>(epsilon).exp<tf.Tensor2D>();
  const counted = weights ? shares.mul<tf.Tensor2D>(weights.expandDims(1)) : shares;
  let q = counted.div<tf.Tensor2D>(counted.sum()).mul<tf.Tensor2D>(
    weights?.sum() ?? scores.shape[0],
  );
  for (let i = 0; i < iterations; i++) {
    q = q.div(q.sum(0, true));
    const sums = q.sum(1, true); // [rows, 1]
    q = q.div(weights ? sums.add(tf.sub(1, weights.expandDims(1))) : sums);
  }
  return q;
}
