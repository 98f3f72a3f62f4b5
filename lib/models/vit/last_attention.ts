import type * as tf from "@tensorflow/tfjs";
import { attentionWeights, layerNorm } from "../../nn/mod.ts";
import { encodeBeforeLast, type Forward, tokensBefore, type Vit } from "./vit.ts";

/** The attention weights of the last block, `[batch, heads, 1 + patches, 1 + patches]`. */
export function lastAttention(images: tf.Tensor4D, p: Vit, forward: Forward): tf.Tensor4D {
  const { norm1, attn } = p.blocks.at(-1)!;
  const tokens = encodeBeforeLast(images, p, forward);
  return attentionWeights(layerNorm(tokens, norm1), attn, forward.heads);
}

/**
 * How much the class token attends to each patch in the last block,
 * `[batch, heads, rows, columns]`. What it attends to itself and to registers is left out, so that a
 * map sums to less than 1.
 *
 * @param images `[batch, height, width, 3]`.
 */
export function classAttention(images: tf.Tensor4D, p: Vit, forward: Forward): tf.Tensor4D {
  const [batch, height, width] = images.shape;
  const [, , size] = p.patch_embed.proj.weight.shape;
  const [rows, columns] = [height / size, width / size];
  return lastAttention(images, p, forward)
    .slice([0, 0, 0, tokensBefore(p)], [-1, -1, 1, -1])
    .reshape([batch, forward.heads, rows, columns]);
}
