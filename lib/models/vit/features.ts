import * as tf from "@tensorflow/tfjs";
import { layerNorm } from "../../nn/mod.ts";
import type { LastBlocks } from "../encoder.ts";
import { blockOfFirst, type Tokens } from "./block.ts";
import {
  encodeBeforeLast,
  encodeTokens,
  type Forward,
  layers,
  tokensBefore,
  type Vit,
} from "./vit.ts";

/** All tokens after the final norm. */
export function normTokens(tokens: Tokens, p: Vit): Tokens {
  return layerNorm(tokens, p.norm);
}

/** The class tokens after the final norm, `[batch, width]`. */
export function classTokens(tokens: Tokens, p: Vit): tf.Tensor2D {
  const [batch, , width] = tokens.shape;
  const first = tokens.slice([0, 0, 0], [-1, 1, -1]).reshape<tf.Tensor2D>([batch, width]);
  return layerNorm(first, p.norm);
}

/**
 * Final features of images: {@linkcode classTokens} of {@linkcode encodeTokens}, without what the
 * last block makes of the other tokens, which nothing reads.
 */
export function imageFeatures(
  images: tf.Tensor4D,
  p: Vit,
  forward: Forward,
): tf.Tensor2D {
  const { heads, masks } = forward;
  const tokens = encodeBeforeLast(images, p, forward);
  const rows = masks ? tf.unstack(masks.slice([p.blocks.length - 1], [1]).squeeze([0])) : [];
  return classTokens(blockOfFirst(tokens, p.blocks.at(-1)!, { heads, masks: rows }), p);
}

/** The patch tokens after the final norm, `[batch, rows, columns, width]`. */
export function patchFeatures(images: tf.Tensor4D, p: Vit, forward: Forward): tf.Tensor4D {
  return placesOf(normTokens(encodeTokens(images, p, forward), p), images, p);
}

/** Which maps {@linkcode blockMaps} gives. */
export type BlockMapsOptions = Forward & {
  /** The blocks by number, from 0. */
  blocks: readonly number[];
  /** Whether the final norm is applied to each of them. */
  normed?: boolean;
};

/**
 * The patch tokens after some of the blocks, `[batch, rows, columns, width]` each, as dense tasks
 * read them.
 *
 * @throws {RangeError} If there is no such block.
 */
export function blockMaps(
  images: tf.Tensor4D,
  p: Vit,
  { blocks, normed = true, ...forward }: BlockMapsOptions,
): tf.Tensor4D[] {
  const { length } = p.blocks;
  const missing = blocks.find((block) => !(block in p.blocks));
  if (missing !== undefined) {
    throw new RangeError(`Cannot use block ${missing} of a network that has ${length}, from 0`);
  }
  const tokens = layers(images, p, forward);
  return blocks.map((block) =>
    placesOf(normed ? normTokens(tokens[block]!, p) : tokens[block]!, images, p)
  );
}

/** The tokens of the patches of images, row by row. */
function placesOf(tokens: Tokens, images: tf.Tensor4D, p: Vit): tf.Tensor4D {
  const [batch, ...sides] = images.shape;
  const [width, , size] = p.patch_embed.proj.weight.shape;
  const [rows, columns] = [sides[0] / size, sides[1] / size];
  return tokens.slice([0, tokensBefore(p), 0], [-1, -1, -1])
    .reshape([batch, rows, columns, width]);
}

/** The tokens after each of the last `count` blocks and the final norm, earliest first. */
export function intermediateLayers(
  images: tf.Tensor4D,
  p: Vit,
  { count, ...forward }: Forward & { count: number },
): Tokens[] {
  return layers(images, p, forward).slice(-count).map((x) => normTokens(x, p));
}

/**
 * The class tokens of the last `count` blocks, and the mean patch token of the last one, after the
 * final norm.
 *
 * @throws {RangeError} If there are fewer blocks.
 */
export function lastBlocks(
  images: tf.Tensor4D,
  p: Vit,
  { count, ...forward }: Forward & { count: number },
): LastBlocks {
  const { length } = p.blocks;
  if (count > length) {
    throw new RangeError(`Cannot use the last ${count} blocks of a network that has ${length}`);
  }
  const tokens = intermediateLayers(images, p, { count, ...forward });
  const [batch, , width] = tokens[0]!.shape;
  const first = (x: Tokens) => x.slice([0, 0, 0], [-1, 1, -1]).reshape<tf.Tensor2D>([batch, width]);
  return { classTokens: tokens.map(first), patchMean: patchMean(tokens.at(-1)!, tokensBefore(p)) };
}

/**
 * The mean of normalized patch tokens, `[batch, width]`: what Mugs' memory keeps of an image.
 *
 * @param before Tokens before those of the patches.
 */
export function patchMean(normalized: Tokens, before = 1): tf.Tensor2D {
  const [, tokens] = normalized.shape;
  return normalized.slice([0, before, 0], [-1, tokens - before, -1]).mean(1);
}

/**
 * The mean of all tokens before the final norm, `[batch, width]`: by it an image asks that memory.
 */
export function memoryQuery(tokens: Tokens): tf.Tensor2D {
  return tokens.mean(1);
}
