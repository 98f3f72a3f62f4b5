import * as tf from "@tensorflow/tfjs";

/** `tf.tidy` for results of any type: what `f` makes and does not return is disposed of. */
export function tidy<T>(f: () => T): T {
  return tf.tidy(f as () => tf.TensorContainer) as T;
}
