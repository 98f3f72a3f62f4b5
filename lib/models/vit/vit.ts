import * as tf from "@tensorflow/tfjs";
import { type Grid, type Keeping, type LayerNorm, resizePositions } from "../../nn/mod.ts";
import { flatten, unflatten } from "../../tree/mod.ts";
import { type Block, block, type Tokens } from "./block.ts";
import { embedPatches, type PatchProjection } from "./embed_patches.ts";

/** Parameters of a vision transformer, under the names of the published checkpoints. */
export type Vit = {
  cls_token: tf.Tensor3D; // [1, 1, width]
  pos_embed: tf.Tensor3D; // [1, 1 + patches, width]
  /** Tokens without a position that only the blocks read (Darcet et al. 2024). */
  register_tokens?: tf.Tensor3D; // [1, registers, width]
  patch_embed: { proj: PatchProjection }; // [width, 3, patch, patch]
  blocks: Block[];
  norm: LayerNorm;
  relation_blocks?: Block[];
  /** What stands in for a masked patch, where patches are masked in training. */
  masked_embed?: tf.Tensor2D; // [1, width]
};

/**
 * Runs `f` on `inputs` and `constants` and keeps nothing else for the gradients with respect to the
 * inputs: they are taken of a second run.
 */
export type Recompute = (
  f: (inputs: tf.Tensor[], constants: tf.Tensor[]) => tf.Tensor,
  inputs: tf.Tensor[],
  constants: tf.Tensor[],
) => tf.Tensor;

/** What a forward pass needs beside images and parameters. */
export type Forward = Keeping & {
  /** Number of attention heads. */
  heads: number;
  /** Stochastic depth: `[depth, 2, batch]`, from `dropPathMasks`. */
  masks?: tf.Tensor3D;
  /** 1 where a patch is masked, else 0, `[batch, patches]`; by default none are. */
  patchMasks?: tf.Tensor2D;
  /** The grid of patches that the positions are of; by default a square. */
  grid?: Grid;
  /**
   * How a block is run whose insides are too large to be kept for the gradients, as is the default.
   */
  recompute?: Recompute;
};

/**
 * The tokens that enter the first block: class token and patches, plus positions of their grid, and
 * between them the registers. A masked patch keeps its position.
 *
 * @throws {TypeError} If patches are masked for which nothing stands in.
 */
export function prepareTokens(
  images: tf.Tensor4D,
  p: Vit,
  { patchMasks, grid }: Pick<Forward, "patchMasks" | "grid"> = {},
): Tokens {
  const [batch, height, width] = images.shape;
  const [, , size] = p.patch_embed.proj.weight.shape;
  const positions = resizePositions(p.pos_embed, [height / size, width / size], { from: grid });
  // Not tile() or broadcastTo(): in TensorFlow.js their gradients take a slice for each image.
  const classTokens = tf.zeros<tf.Rank.R3>([batch, 1, 1]).add(p.cls_token);
  const embedded = embedPatches(images, p.patch_embed.proj);
  const patches = patchMasks ? maskPatches(embedded, p, patchMasks) : embedded;
  const tokens = tf.concat([classTokens, patches], 1).add<Tokens>(positions);
  return p.register_tokens ? withRegisters(tokens, p.register_tokens) : tokens;
}

function withRegisters(tokens: Tokens, registers: tf.Tensor3D): Tokens {
  const [batch] = tokens.shape, [, count, width] = registers.shape;
  return tf.concat([
    tokens.slice<Tokens>([0, 0, 0], [-1, 1, -1]),
    tf.zeros<tf.Rank.R3>([batch, count, width]).add<Tokens>(registers),
    tokens.slice<Tokens>([0, 1, 0], [-1, -1, -1]),
  ], 1);
}

/** The number of tokens before those of the patches: the class token and the registers. */
export function tokensBefore({ register_tokens }: Pick<Vit, "register_tokens">): number {
  return 1 + (register_tokens?.shape[1] ?? 0);
}

function maskPatches(patches: Tokens, { masked_embed }: Vit, masks: tf.Tensor2D): Tokens {
  if (!masked_embed) {
    throw new TypeError(
      'Cannot mask patches: the model has no "masked_embed" to stand in for them',
    );
  }
  const masked = masks.expandDims<Tokens>(2); // [batch, patches, 1]
  return patches.mul(tf.sub(1, masked)).add(masked.mul(masked_embed));
}

/** The tokens after every block, before the final norm. */
export function layers(
  images: tf.Tensor4D,
  p: Vit,
  { heads, masks, lean, recompute = (f, inputs, constants) => f(inputs, constants), ...tokens }:
    Forward,
): Tokens[] {
  const rows = masks ? tf.unstack(masks.reshape([-1, masks.shape[2]])) : []; // 2 a block
  let x = prepareTokens(images, p, tokens);
  return p.blocks.map((parameters, i) => {
    const named = flatten(parameters);
    const run = ([x, ...tensors]: tf.Tensor[], masks: tf.Tensor[]) => {
      const entries = Object.keys(named).map((name, i) => [name, tensors[i]]);
      return block(x as Tokens, unflatten<Block>(Object.fromEntries(entries)), {
        heads,
        masks,
        lean,
      });
    };
    const inputs = [x, ...Object.values(named)];
    return x = recompute(run, inputs, rows.slice(2 * i, 2 * i + 2)) as Tokens;
  });
}

/** The tokens after the last block, before the final norm. */
export function encodeTokens(images: tf.Tensor4D, p: Vit, forward: Forward): Tokens {
  return layers(images, p, forward).at(-1) ?? prepareTokens(images, p, forward);
}

/** The tokens that enter the last block. */
export function encodeBeforeLast(images: tf.Tensor4D, p: Vit, forward: Forward): Tokens {
  return encodeTokens(images, { ...p, blocks: p.blocks.slice(0, -1) }, forward);
}
