import type * as tf from "@tensorflow/tfjs";
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
 * these, `[batch * patches, width]`. The patches of an image are put into a random order, so that
 * it must be recognized from its parts.
 *
 * Source: InfoMin, `JigsawHead` in PyContrast's networks/util.py.
 *
 * @param rows Where the patches of each image lie, in their order, int32 `[batch, patches]`.
 */
export function jigsawHead(
  x: tf.Tensor2D,
  { fc1, fc2 }: JigsawHead,
  rows: tf.Tensor2D,
): tf.Tensor2D {
  const parts = sequential(x, fc1, { activation: "relu" });
  const ordered = parts.gather(rows.reshape<tf.Tensor1D>([-1]));
  const together = ordered.reshape<tf.Tensor2D>([rows.shape[0], -1]);
  return normalize(linear(together, fc2));
}
