import * as tf from "@tensorflow/tfjs";
import type { Random } from "../random/mod.ts";
import type { BatchNorm } from "./batch_norm.ts";
import type { LayerNorm } from "./layer_norm.ts";
import type { Linear } from "./linear.ts";

/**
 * Normal numbers of mean 0, cut at ±2 (not at two deviations), as timm's and DINO's
 * `trunc_normal_`.
 */
export function truncatedNormal<R extends tf.Rank>(
  random: Random,
  shape: tf.ShapeMap[R],
  deviation = 0.02,
): tf.Tensor<R> {
  // Random normals end at 6.7 deviations.
  if (7 * deviation < 2) return tf.tensor(random.normals(sizeOf(shape), 0, deviation), shape);
  return fill(shape, () => {
    for (;;) {
      const value = random.normal(0, deviation);
      if (Math.abs(value) <= 2) return value;
    }
  });
}

/** Uniform numbers within ±1 / √inputs, PyTorch's default for linear and convolution layers. */
export function uniformByInputs<R extends tf.Rank>(
  random: Random,
  shape: tf.ShapeMap[R],
  inputs: number,
): tf.Tensor<R> {
  return fill(shape, () => random.uniform(-1, 1) / Math.sqrt(inputs));
}

/** A linear layer with truncated normal weights and zero bias. */
export function initLinear(
  random: Random,
  [inputs, outputs]: [number, number],
  { bias = true } = {},
): Linear {
  const weight = truncatedNormal<tf.Rank.R2>(random, [outputs, inputs]);
  return bias ? { weight, bias: tf.zeros<tf.Rank.R1>([outputs]) } : { weight };
}

/** A layer normalization that leaves its scale and shift as they are. */
export function initLayerNorm(width: number): LayerNorm {
  return { weight: tf.ones<tf.Rank.R1>([width]), bias: tf.zeros<tf.Rank.R1>([width]) };
}

/** A batch normalization that has seen nothing. */
export function initBatchNorm(width: number): BatchNorm {
  return {
    weight: tf.ones<tf.Rank.R1>([width]),
    bias: tf.zeros<tf.Rank.R1>([width]),
    running_mean: tf.zeros<tf.Rank.R1>([width]),
    running_var: tf.ones<tf.Rank.R1>([width]),
    num_batches_tracked: tf.scalar(0, "int32"),
  };
}

function fill<R extends tf.Rank>(shape: tf.ShapeMap[R], draw: () => number): tf.Tensor<R> {
  const values = new Float32Array(sizeOf(shape));
  for (let i = 0; i < values.length; i++) values[i] = draw();
  return tf.tensor(values, shape);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}
