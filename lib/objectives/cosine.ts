import type * as tf from "@tensorflow/tfjs";
import { normalize } from "../nn/mod.ts";

/** The cosine of each row with the row of the other at its place, `[rows]`. */
export function cosineSimilarity(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor1D {
  return normalize(a).mul(normalize(b)).sum(-1);
}

/**
 * SimSiam's loss of one direction: the predictions are to point where the projections of the other
 * view point; -1 where all do. Both are `[batch, width]`.
 *
 * Source: Chen and He 2021, equation 1. Its loss is half the sum of both directions.
 */
export function negativeCosine(predictions: tf.Tensor2D, projections: tf.Tensor2D): tf.Scalar {
  return cosineSimilarity(predictions, projections).mean<tf.Scalar>().neg();
}

/**
 * BYOL's loss of one direction: the squared distance between predictions and target projections of
 * unit length, 2 - 2 cos. Both are `[batch, width]`.
 *
 * Source: Grill et al. 2020, equation 2. Its loss is the sum of both directions.
 */
export function unitDistance(predictions: tf.Tensor2D, projections: tf.Tensor2D): tf.Scalar {
  return cosineSimilarity(predictions, projections).mul(-2).add(2).mean();
}
