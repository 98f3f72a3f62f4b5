import * as tf from "@tensorflow/tfjs";
import { customGradient } from "./custom_gradient.ts";
import { euclideanNorm } from "./euclidean_norm.ts";

/** Rows of unit length: x / max(‖x‖₂, 1e-12) over the last axis. */
export function normalize<T extends tf.Tensor>(x: T): T {
  return unit(x) as T;
}

const unit = customGradient(
  (x: tf.Tensor) => {
    const length = euclideanNorm(x, { axis: -1, keepDims: true });
    const scale = tf.div(1, length.maximum(1e-12)); // [..., 1]
    const value = x.mul(scale);
    return { value, saved: { value, scale } };
  },
  (dy, { value, scale }) => [
    dy.sub(value.mul(dy.mul(value).sum(-1, true))).mul(scale),
  ],
);
