import * as tf from "@tensorflow/tfjs";
import { customGradient } from "./custom_gradient.ts";

/** The positive part. Where the backend has its gradient in one operation, that is taken. */
export function relu<T extends tf.Tensor>(x: T): T {
  if (!tf.getKernel("ReluGrad", tf.getBackend())) return tf.relu(x);
  return rectified(x) as T;
}

const rectified = customGradient(
  (x: tf.Tensor) => {
    const y = tf.relu(x);
    return { value: y, saved: { y } };
  },
  (dy, { y }) => [tf.engine().runKernel("ReluGrad", { dy, y }) as tf.Tensor],
);
