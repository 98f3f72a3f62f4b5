import type * as tf from "@tensorflow/tfjs";
import { type BatchNorm, batchNorm, type BatchNormBuffers, trainBatchNorm } from "./batch_norm.ts";
import { gelu } from "./gelu.ts";
import { type Linear, linear } from "./linear.ts";

/**
 * Layers by their position, as PyTorch's `nn.Sequential` names them. A position without parameters is a GELU:
 * `{ 0: linear, 2: linear }` is linear, GELU, linear.
 */
export type Sequential = { [position: string]: Linear | BatchNorm };

/** The next running statistics by position; empty where nothing is batch-normalized. */
export type SequentialBuffers = { [position: string]: BatchNormBuffers };

/** Applies the layers to rows `[batch, in]`; batch normalizations use their running statistics. */
export function sequential(x: tf.Tensor2D, layers: Sequential): tf.Tensor2D {
  return walk(x, layers, batchNorm);
}

/** As {@linkcode sequential}, but batch normalizations use the statistics of these rows; gives the next running ones. */
export function trainSequential(
  x: tf.Tensor2D,
  layers: Sequential,
): [tf.Tensor2D, SequentialBuffers] {
  const buffers: SequentialBuffers = {};
  const y = walk(x, layers, (x, p, position) => {
    const [y, next] = trainBatchNorm(x, p);
    buffers[position] = next;
    return y;
  });
  return [y, buffers];
}

function walk(
  x: tf.Tensor2D,
  layers: Sequential,
  norm: (x: tf.Tensor2D, p: BatchNorm, position: number) => tf.Tensor2D,
): tf.Tensor2D {
  const last = Math.max(...Object.keys(layers).map(Number));
  for (let position = 0; position <= last; position++) {
    const layer = layers[position];
    if (!layer) x = gelu(x);
    else x = "running_mean" in layer ? norm(x, layer, position) : linear(x, layer);
  }
  return x;
}
