import * as tf from "@tensorflow/tfjs";
import type { Random } from "../random/mod.ts";

/**
 * Stochastic depth: drops the branch of whole samples, by a mask made outside (see
 * {@linkcode dropPathMasks}).
 *
 * @param mask `[batch]`, 0 or 1 / keep; none keeps the branch as it is.
 */
export function dropPath<T extends tf.Tensor>(branch: T, mask?: tf.Tensor): T {
  if (!mask) return branch;
  return branch.mul(mask.reshape([-1, ...branch.shape.slice(1).map(() => 1)]));
}

/**
 * The masks of a forward pass, `[depth, 2, batch]` for the attention and the perceptron of each
 * block. The rate grows linearly from 0 in the first block to `rate` in the last; what is kept is
 * scaled by 1 / keep.
 */
export function dropPathMasks(
  random: Random,
  { depth, rate, batch }: { depth: number; rate: number; batch: number },
): tf.Tensor3D {
  const values = Float32Array.from({ length: depth * 2 * batch }, (_, i) => {
    const keep = 1 - rate * Math.floor(i / (2 * batch)) / Math.max(1, depth - 1);
    return random.chance(keep) ? 1 / keep : 0;
  });
  return tf.tensor3d(values, [depth, 2, batch]);
}
