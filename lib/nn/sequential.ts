import * as tf from "@tensorflow/tfjs";
import {
  type BatchNorm,
  batchNorm,
  type BatchNormBuffers,
  type BatchNormOptions,
  trainBatchNorm,
} from "./batch_norm.ts";
import { gelu } from "./gelu.ts";
import { type LayerNorm, layerNorm } from "./layer_norm.ts";
import { type Linear, linear } from "./linear.ts";
import { relu } from "./relu.ts";

/**
 * Layers by their position, as PyTorch's `nn.Sequential` names them. A position without parameters
 * is an activation, by default GELU: `{ 0: linear, 2: linear }` is linear, GELU, linear.
 */
export type Sequential = { [position: string]: Linear | BatchNorm | LayerNorm };

/** The next running statistics by position; empty where nothing is batch-normalized. */
export type SequentialBuffers = { [position: string]: BatchNormBuffers };

/** Options of {@linkcode sequential} and {@linkcode trainSequential}. */
export type SequentialOptions = {
  activation?: "gelu" | "relu";
};

/** Applies the layers to rows `[batch, in]`; batch normalizations use their running statistics. */
export function sequential(
  x: tf.Tensor2D,
  layers: Sequential,
  options: SequentialOptions = {},
): tf.Tensor2D {
  return walk(x, layers, { ...options, norm: batchNorm });
}

/**
 * As {@linkcode sequential}, but batch normalizations use the statistics of these rows; gives the
 * next running ones. Those of a normalization that stands at two positions move at each of them.
 */
export function trainSequential(
  x: tf.Tensor2D,
  layers: Sequential,
  options: SequentialOptions & BatchNormOptions = {},
): [tf.Tensor2D, SequentialBuffers] {
  const buffers: SequentialBuffers = {};
  const newest = new Map<BatchNorm, BatchNorm>();
  const norm = (x: tf.Tensor2D, p: BatchNorm, position: number) => {
    const [y, next] = trainBatchNorm(x, newest.get(p) ?? p, options);
    newest.set(p, { ...p, ...next });
    buffers[position] = next;
    return y;
  };
  return [walk(x, layers, { ...options, norm }), buffers];
}

type WalkOptions = SequentialOptions & {
  norm: (x: tf.Tensor2D, p: BatchNorm, position: number) => tf.Tensor2D;
};

const layerEpsilon = 1e-5; // PyTorch's default, which is not that of vision transformers

function walk(
  x: tf.Tensor2D,
  layers: Sequential,
  { activation = "gelu", norm }: WalkOptions,
): tf.Tensor2D {
  const last = Math.max(...Object.keys(layers).map(Number));
  for (let position = 0; position <= last; position++) {
    const layer = layers[position];
    if (!layer) x = activation === "relu" ? relu(x) : gelu(x);
    else if ("running_mean" in layer) x = norm(x, layer, position);
    else x = isLinear(layer) ? linear(x, layer) : layerNorm(x, layer, layerEpsilon);
  }
  return x;
}

function isLinear(layer: Linear | LayerNorm): layer is Linear {
  return layer.weight.rank === 2;
}
