import type * as tf from "@tensorflow/tfjs";
import {
  type BatchNormOptions,
  type Linear,
  normalize,
  type Sequential,
  sequential,
  type SequentialBuffers,
  trainSequential,
} from "../nn/mod.ts";

/**
 * A projection onto the unit sphere, under the names of SwAV's and DeepCluster-v2's checkpoints:
 * layers with ReLU between them, or one linear layer, which stands there without a position.
 */
export type Projection = { projection_head: Sequential | Linear };

/** The next running statistics of a projection by the names of its parameters. */
export type ProjectionBuffers = { projection_head: SequentialBuffers };

/** Embeddings of unit length `[rows, out]` of features `[rows, width]`. */
export function projectUnit(x: tf.Tensor2D, { projection_head }: Projection): tf.Tensor2D {
  return normalize(sequential(x, layersOf(projection_head), { activation: "relu" }));
}

/**
 * As {@linkcode projectUnit}, batch normalizations using these rows; gives the next running
 * statistics.
 */
export function trainProjectUnit(
  x: tf.Tensor2D,
  { projection_head }: Projection,
  options: BatchNormOptions = {},
): [tf.Tensor2D, ProjectionBuffers] {
  const layers = layersOf(projection_head);
  const [y, buffers] = trainSequential(x, layers, { activation: "relu", ...options });
  return [normalize(y), { projection_head: buffers }];
}

function layersOf(head: Sequential | Linear): Sequential {
  return "weight" in head ? { 0: head as Linear } : head;
}
