import * as tf from "@tensorflow/tfjs";
import type { Named } from "../tree/mod.ts";
import { clip, globalNorm } from "./clip.ts";

/**
 * Clips all gradients as one vector: where it is longer than `limit` it is scaled to about that
 * length. Without a limit nothing is clipped. Returns the gradients and the length before clipping.
 *
 * Source: PyTorch's `clip_grad_norm_`.
 */
export function clipTogether(
  gradients: Named,
  limit: number | null,
): [clipped: Named, norm: tf.Scalar] {
  const norm = globalNorm(clip(gradients, null)[1]);
  if (limit === null) return [gradients, norm];
  const factor = tf.minimum(tf.div(limit, norm.add(1e-6)), 1);
  const entries = Object.entries(gradients).map(([name, x]) => [name, x.mul(factor)]);
  return [Object.fromEntries(entries), norm];
}
