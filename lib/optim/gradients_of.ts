import * as tf from "@tensorflow/tfjs";
import { leaves, map, type Named, type Tree } from "../tree/mod.ts";

/** A loss, and other results of its computation: new tensors only. */
export type WithLoss<T> = { loss: tf.Scalar; results: T };

/**
 * The gradients of a loss by named tensors, and the other results of `f`, which `tf.grads` would
 * throw away.
 *
 * @throws {Error} If the loss does not depend on one of the tensors.
 */
export function gradientsOf<T extends Tree>(
  f: () => WithLoss<T>,
  params: Named,
): { results: T; gradients: Named } {
  const names = Object.keys(params);
  let inside: T;
  const { grads } = tf.engine().gradients(() => {
    const { loss, results } = f();
    inside = results;
    leaves(results).forEach((tensor) => tf.keep(tensor)); // beyond the scope that ends here
    return loss;
  }, Object.values(params));
  const results = map((tensor) => tensor.clone(), inside!);
  for (const tensor of leaves(inside!)) tensor.dispose();
  const missing = names.filter((_, i) => !grads[i]);
  if (missing.length) {
    throw new Error(`Cannot train ${missing.join(", ")}: the loss does not depend on it`);
  }
  return { results, gradients: Object.fromEntries(names.map((name, i) => [name, grads[i]!])) };
}
