import * as tf from "@tensorflow/tfjs";
import { type Linear, linear, normalize, type Sequential, sequential } from "../../nn/mod.ts";

/** Parameters of the jigsaw head: layers for each patch, and one for the patches together. */
export type JigsawHead = { fc1: Sequential; fc2: Linear };

/** Parameters of both heads, under the names of the published checkpoints. */
export type InfoMinHeads = { head: Sequential; head_jig: JigsawHead };

/** Embeddings of unit length `[batch, out]` of the features of images `[batch, width]`. */
export function instanceHead(x: tf.Tensor2D, head: Sequential): tf.Tensor2D {
  return normalize(sequential(x, head, { activation: "relu" }));
}

/**
 * Embeddings of unit length `[batch, out]` of images that are cut into patches, by the features of
 * these, `[batch * patches, width]`, image after image. The patches of an image are put into a
 * random order, so that it must be recognized from its parts.
 *
 * Source: InfoMin, `JigsawHead` in PyContrast's networks/util.py.
 *
 * @param order The patches in their order, int32 `[batch, patches]`.
 */
export function jigsawHead(
  x: tf.Tensor2D,
  { fc1, fc2 }: JigsawHead,
  order: tf.Tensor2D,
): tf.Tensor2D {
  const [batch, patches] = order.shape;
  const parts = sequential(x, fc1, { activation: "relu" });
  const first = tf.range(0, batch, 1, "int32").mul(tf.scalar(patches, "int32")).expandDims(1);
  const rows = order.add(first).reshape<tf.Tensor1D>([-1]);
  const together = parts.gather(rows).reshape<tf.Tensor2D>([batch, -1]);
  return normalize(linear(together, fc2));
}
