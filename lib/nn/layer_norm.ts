import type * as tf from "@tensorflow/tfjs";
import { customGradient } from "./custom_gradient.ts";

/** Parameters of a layer normalization: both `[width]`. */
export type LayerNorm = { weight: tf.Tensor1D; bias: tf.Tensor1D };

/**
 * Zero mean and unit variance over the last axis, then scale and shift. The gradient is written
 * out: it shares the normalized values with the forward pass and takes half the operations of the
 * composed one.
 */
export function layerNorm<T extends tf.Tensor>(x: T, p: LayerNorm, epsilon = 1e-6): T {
  return normalizeLayer(epsilon)(x, p.weight, p.bias) as T;
}

function normalizeLayer(epsilon: number) {
  return customGradient(
    (x: tf.Tensor, weight: tf.Tensor1D, bias: tf.Tensor1D) => {
      const distance = x.sub(x.mean(-1, true));
      const scale = distance.square().mean(-1, true).add(epsilon).rsqrt(); // [..., 1]
      const normalized = distance.mul(scale);
      const value = normalized.mul(weight).add(bias);
      return { value, saved: { normalized, scale, weight } };
    },
    (dy, { normalized, scale, weight }) => {
      const rows = Array.from({ length: dy.rank - 1 }, (_, axis) => axis);
      const along = dy.mul(normalized);
      const inner = dy.mul(weight);
      const dx = inner.sub(inner.mean(-1, true))
        .sub(normalized.mul(inner.mul(normalized).mean(-1, true))).mul(scale);
      return [dx, along.sum(rows), dy.sum(rows)];
    },
  );
}
