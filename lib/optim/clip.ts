import * as tf from "@tensorflow/tfjs";
import { euclideanNorm } from "../nn/mod.ts";
import type { Named } from "../tree/mod.ts";
import { axesOf, type Stacked } from "./lengths.ts";

/**
 * Clips every gradient on its own, as the reference does: one longer than `limit` is scaled to
 * about that length. Without a limit nothing is clipped. Returns the gradients and their norms
 * before clipping, of a stack `[count]`.
 */
export function clip(
  gradients: Named,
  limit: tf.Scalar | number | null,
  { stacked = false }: Stacked = {},
): [clipped: Named, norms: Named] {
  const clipped: Named = {}, norms: Named = {};
  for (const [name, gradient] of Object.entries(gradients)) {
    const norm = euclideanNorm(gradient, { axis: axesOf(gradient, stacked), keepDims: stacked });
    norms[name] = stacked ? norm.flatten() : norm;
    clipped[name] = limit === null
      ? gradient
      : gradient.mul(tf.minimum(tf.div(limit, norm.add(1e-6)), 1));
  }
  return [clipped, norms];
}

/** The global norm: that of all gradients as one vector, from the norm of each. */
export function globalNorm(norms: Named): tf.Scalar {
  return tf.stack(Object.values(norms)).square().sum<tf.Scalar>().sqrt();
}
