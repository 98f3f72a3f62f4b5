import * as tf from "@tensorflow/tfjs";
import { leaves, map, type Named, type Tree } from "../tree/mod.ts";

/** A loss, and what else is to be known of the way to it: new tensors only. */
export type Found<T> = { loss: tf.Scalar; found: T };

/**
 * The gradients of a loss by named tensors, and what else `f` found on the way, which `tf.grads` would throw away.
 *
 * @throws {Error} If the loss does not depend on one of the tensors.
 */
export function gradientsOf<T extends Tree>(
  f: () => Found<T>,
  params: Named,
): { found: T; gradients: Named } {
  const names = Object.keys(params);
  let kept: T;
  const { grads } = tf.engine().gradients(() => {
    const { loss, found } = f();
    kept = found;
    leaves(found).forEach((tensor) => tf.keep(tensor)); // beyond the scope that ends here
    return loss;
  }, Object.values(params));
  const found = map((tensor) => tensor.clone(), kept!);
  for (const tensor of leaves(kept!)) tensor.dispose();
  const missing = names.filter((_, i) => !grads[i]);
  if (missing.length) {
    throw new Error(`Cannot train ${missing.join(", ")}: the loss does not depend on it`);
  }
  return { found, gradients: Object.fromEntries(names.map((name, i) => [name, grads[i]])) };
}
