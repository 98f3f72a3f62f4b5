import * as tf from "@tensorflow/tfjs";
import type { LinearConfig } from "../../configs/mod.ts";
import type { Encoder, LastBlocks } from "../../models/mod.ts";
import { probeFeatures } from "../probe_features.ts";

/** Which tokens a linear classifier sees. */
export type LinearView = Pick<LinearConfig, "blocks" | "patchMean">;

/**
 * What a linear classifier sees of images: class tokens side by side, `[batch, blocks x width]`, or
 * with the mean patch token `[batch, (blocks + 1) x width]`: between the numbers of the class token
 * as in the original's `eval_linear.py` with `avgpool`, or behind as in its
 * `eval_linear_multi_classifier.py`.
 *
 * @throws {RangeError} If patches are to be interleaved with the tokens of several blocks.
 */
export function linearFeatures(
  { classTokens, patchMean }: LastBlocks,
  { blocks, patchMean: place }: LinearView,
): tf.Tensor2D {
  const tokens = classTokens.slice(-blocks);
  if (place === "behind") return tf.concat([...tokens, patchMean], 1);
  if (place === "none") return probeFeatures(tokens);
  if (blocks === 1) return probeFeatures(tokens, patchMean);
  throw new RangeError(
    `Cannot interleave patches with the class tokens of ${blocks} blocks: it takes \`blocks\` 1`,
  );
}

/**
 * The function of images that gives what a linear classifier sees. An encoder that has no blocks of
 * tokens gives its features.
 *
 * @throws {RangeError} If the encoder has fewer blocks.
 */
export function linearEmbedding(
  { lastBlocks, embed }: Pick<Encoder, "lastBlocks" | "embed">,
  view: LinearView,
): (images: tf.Tensor4D) => tf.Tensor2D {
  if (!lastBlocks) return embed;
  return (images) => tf.tidy(() => linearFeatures(lastBlocks(images, view.blocks), view));
}
