import * as tf from "@tensorflow/tfjs";
import {
  type Attention,
  attention,
  attentionOfFirst,
  attentionWeights,
  dropPath,
  type LayerNorm,
  layerNorm,
  type Mlp,
  mlp,
  resizePositions,
} from "../../nn/mod.ts";
import { flatten, unflatten } from "../../tree/mod.ts";
import { patches } from "./patches.ts";

/** Parameters of a transformer block. */
export type Block = { norm1: LayerNorm; attn: Attention; norm2: LayerNorm; mlp: Mlp };

/** Parameters of a vision transformer, under the names of the published checkpoints. */
export type Vit = {
  cls_token: tf.Tensor3D; // [1, 1, width]
  pos_embed: tf.Tensor3D; // [1, 1 + patches, width]
  patch_embed: { proj: { weight: tf.Tensor4D; bias: tf.Tensor1D } }; // [width, 3, patch, patch]
  blocks: Block[];
  norm: LayerNorm;
  relation_blocks?: Block[];
};

/** Tokens of images `[batch, 1 + patches, width]`, the class token first, patches row by row. */
export type Tokens = tf.Tensor3D;

/**
 * Runs `f` on `inputs` and `constants` and keeps nothing else for the gradients with respect to the inputs: they are
 * taken of a second run.
 */
export type Recompute = (
  f: (inputs: tf.Tensor[], constants: tf.Tensor[]) => tf.Tensor,
  inputs: tf.Tensor[],
  constants: tf.Tensor[],
) => tf.Tensor;

/** What a forward pass needs beside images and parameters. */
export type Forward = {
  /** Number of attention heads. */
  heads: number;
  /** Stochastic depth: `[depth, 2, batch]`, from `dropPathMasks`. */
  masks?: tf.Tensor3D;
  /** How blocks are run where their insides are too large to be kept for the gradients; by default they are kept. */
  recompute?: Recompute;
};

/** Patch embeddings `[batch, patches, width]` of images `[batch, height, width, 3]`. */
export function embed(images: tf.Tensor4D, p: Vit): tf.Tensor3D {
  return patches(images, p.patch_embed.proj);
}

/** What enters the first block: class token and patch embeddings plus positions, resized to the images' grid. */
export function prepareTokens(images: tf.Tensor4D, p: Vit): Tokens {
  const [batch, height, width] = images.shape;
  const [, , size] = p.patch_embed.proj.weight.shape;
  const positions = resizePositions(p.pos_embed, [height / size, width / size]);
  // Not tile() or broadcastTo(): their gradient in TensorFlow.js is a slice and an addition an image.
  const classTokens = tf.zeros<tf.Rank.R3>([batch, 1, 1]).add(p.cls_token);
  return tf.concat([classTokens, embed(images, p)], 1).add(positions);
}

/** One transformer block; `masks` are those of its two branches. */
export function block(
  x: Tokens,
  p: Block,
  { heads, masks = [] }: { heads: number; masks?: readonly tf.Tensor[] },
): Tokens {
  x = x.add(dropPath(attention(layerNorm(x, p.norm1), p.attn, heads), masks[0]));
  return x.add(dropPath(mlp(layerNorm(x, p.norm2), p.mlp), masks[1]));
}

/** The first token `[batch, 1, width]` after a block, where nothing else is read of its result. */
export function blockOfFirst(x: Tokens, p: Block, heads: number): Tokens {
  const heard = attentionOfFirst(layerNorm(x, p.norm1), p.attn, heads);
  const token = x.slice<Tokens>([0, 0, 0], [-1, 1, -1]).add<Tokens>(heard);
  return token.add(mlp(layerNorm(token, p.norm2), p.mlp));
}

/** The tokens after every block, before the final norm. */
export function layers(
  images: tf.Tensor4D,
  p: Vit,
  { heads, masks, recompute = (f, inputs, constants) => f(inputs, constants) }: Forward,
): Tokens[] {
  const rows = masks ? tf.unstack(masks.reshape([-1, masks.shape[2]])) : []; // 2 a block
  let x = prepareTokens(images, p);
  return p.blocks.map((parameters, i) => {
    const named = flatten(parameters);
    const run = ([x, ...tensors]: tf.Tensor[], masks: tf.Tensor[]) => {
      const entries = Object.keys(named).map((name, i) => [name, tensors[i]]);
      return block(x as Tokens, unflatten<Block>(Object.fromEntries(entries)), { heads, masks });
    };
    const inputs = [x, ...Object.values(named)];
    return x = recompute(run, inputs, rows.slice(2 * i, 2 * i + 2)) as Tokens;
  });
}

/** The tokens after the last block, before the final norm: what the memory and the relation blocks take. */
export function encode(images: tf.Tensor4D, p: Vit, forward: Forward): Tokens {
  return layers(images, p, forward).at(-1)!;
}

/** All tokens after the final norm. */
export function normTokens(tokens: Tokens, p: Vit): Tokens {
  return layerNorm(tokens, p.norm);
}

/** Final features of images: the normalized class tokens `[batch, width]`. */
export function classTokens(tokens: Tokens, p: Vit): tf.Tensor2D {
  return layerNorm(first(tokens), p.norm);
}

/**
 * Final features of images: {@linkcode classTokens} of {@linkcode encode}, without what the last block makes of the other
 * tokens, which nothing reads.
 */
export function imageFeatures(
  images: tf.Tensor4D,
  p: Vit,
  { heads }: Pick<Forward, "heads">,
): tf.Tensor2D {
  const x = beforeLast(images, p, { heads });
  return classTokens(blockOfFirst(x, p.blocks.at(-1)!, heads), p);
}

/** The mean of the normalized patch tokens `[batch, width]`, the class token left out. */
export function patchMean(normalized: Tokens): tf.Tensor2D {
  const [, tokens] = normalized.shape;
  return normalized.slice([0, 1, 0], [-1, tokens - 1, -1]).mean(1);
}

/** What an image asks the memory for: the mean of all its tokens before the final norm, `[batch, width]`. */
export function memoryQuery(tokens: Tokens): tf.Tensor2D {
  return tokens.mean(1);
}

/**
 * Relates an image to its neighbors: the relation blocks, then the final norm, of the first token `[batch, width]`.
 *
 * @param query `[batch, width]`, or without memory the image's own tokens.
 * @param neighbors `[batch, neighbors, width]`.
 */
export function relate(
  p: Vit,
  { query, neighbors, heads }: {
    query: tf.Tensor2D | Tokens;
    neighbors?: tf.Tensor3D;
    heads: number;
  },
): tf.Tensor2D {
  const own = query.rank === 2 ? query.expandDims<Tokens>(1) : query as Tokens;
  let x = neighbors ? tf.concat([own, neighbors], 1) : own;
  const relations = p.relation_blocks ?? [];
  for (const parameters of relations.slice(0, -1)) x = block(x, parameters, { heads });
  for (const parameters of relations.slice(-1)) x = blockOfFirst(x, parameters, heads);
  return classTokens(x, p);
}

/** The last block's attention weights `[batch, heads, 1 + patches, 1 + patches]`. */
export function lastAttention(images: tf.Tensor4D, p: Vit, forward: Forward): tf.Tensor4D {
  const last = p.blocks.at(-1)!;
  const x = beforeLast(images, p, forward);
  return attentionWeights(layerNorm(x, last.norm1), last.attn, forward.heads);
}

/** The normalized tokens after each of the last `count` blocks, earliest first. */
export function intermediateLayers(
  images: tf.Tensor4D,
  p: Vit,
  { count, ...forward }: Forward & { count: number },
): Tokens[] {
  return layers(images, p, forward).slice(-count).map((x) => normTokens(x, p));
}

/** The tokens that enter the last block. */
function beforeLast(images: tf.Tensor4D, p: Vit, forward: Forward): Tokens {
  const before = { ...p, blocks: p.blocks.slice(0, -1) };
  return layers(images, before, forward).at(-1) ?? prepareTokens(images, p);
}

function first(tokens: Tokens): tf.Tensor2D {
  const [batch, , width] = tokens.shape;
  return tokens.slice([0, 0, 0], [-1, 1, -1]).reshape([batch, width]);
}
