import type * as tf from "@tensorflow/tfjs";
import { type AxisWeights, separable } from "./separable.ts";

/**
 * The means of maps `[batch, height, width, channels]` over `side` x `side` equal regions, whose
 * edges are rounded outward, as PyTorch's `AdaptiveAvgPool2d`.
 */
export function adaptivePool(x: tf.Tensor4D, side: number): tf.Tensor4D {
  const [, height, width] = x.shape;
  return separable(x, means(height, side), means(width, side));
}

/** The places of an axis over which each mean is taken. */
function means(from: number, to: number): AxisWeights {
  const weights = new Float32Array(to * from);
  for (let i = 0; i < to; i++) {
    const [start, end] = [Math.floor(i * from / to), Math.ceil((i + 1) * from / to)];
    weights.fill(1 / (end - start), i * from + start, i * from + end);
  }
  return { to, from, weights };
}
