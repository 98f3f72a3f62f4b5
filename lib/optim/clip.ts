import * as tf from "@tensorflow/tfjs";
import type { Named } from "../tree/mod.ts";

/**
 * Clips every gradient on its own, as the reference does: one longer than `limit` is scaled to about that length.
 * A limit of 0 clips nothing. Returns the gradients and their norms before clipping.
 */
export function clip(gradients: Named, limit: number): [clipped: Named, norms: Named] {
  const clipped: Named = {}, norms: Named = {};
  for (const [name, gradient] of Object.entries(gradients)) {
    const norm = norms[name] = gradient.square().sum().sqrt();
    const scale = tf.minimum(tf.div(limit, norm.add(1e-6)), 1);
    clipped[name] = limit > 0 ? gradient.mul(scale) : gradient;
  }
  return [clipped, norms];
}
