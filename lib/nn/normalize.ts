import * as tf from "@tensorflow/tfjs";
import { euclideanNorm } from "./euclidean_norm.ts";

/** Rows of unit length: x / max(‖x‖₂, 1e-12) over the last axis. */
export function normalize<T extends tf.Tensor>(x: T): T {
  return unit(x) as T;
}

const unit = tf.customGrad((...args) => {
  const [x, save] = args as unknown as [tf.Tensor, tf.GradSaveFunc];
  const scale = tf.div(1, euclideanNorm(x, { axis: -1, keepDims: true }).maximum(1e-12)); // [..., 1]
  const value = x.mul(scale);
  save([value, scale]);
  const gradFunc = (dy: tf.Tensor, [value, scale]: tf.Tensor[]) =>
    dy.sub(value.mul(dy.mul(value).sum(-1, true))).mul(scale);
  return { value, gradFunc };
});
