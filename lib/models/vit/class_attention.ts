import type * as tf from "@tensorflow/tfjs";
import { type Forward, lastAttention, type Vit } from "./vit.ts";

/**
 * How much the class token attends to each patch in the last block, head by head: `[batch, heads, rows, columns]` of the grid
 * of patches. What it attends to itself is left out, so that a map sums to less than 1.
 *
 * @param images `[batch, height, width, 3]`.
 */
export function classAttention(images: tf.Tensor4D, p: Vit, forward: Forward): tf.Tensor4D {
  const [batch, height, width] = images.shape;
  const [, , size] = p.patch_embed.proj.weight.shape;
  const [rows, columns] = [height / size, width / size];
  return lastAttention(images, p, forward)
    .slice([0, 0, 0, 1], [-1, -1, 1, -1])
    .reshape([batch, forward.heads, rows, columns]);
}
