import type * as tf from "@tensorflow/tfjs";
import {
  type Attention,
  attention,
  attentionOfFirst,
  dropPath,
  type Keeping,
  type LayerNorm,
  layerNorm,
  type Mlp,
  mlp,
} from "../../nn/mod.ts";

/** Parameters of a transformer block. */
export type Block = { norm1: LayerNorm; attn: Attention; norm2: LayerNorm; mlp: Mlp };

/**
 * Tokens of images `[batch, 1 + patches, width]`: the class token first, then registers if there
 * are some, then patches row by row.
 */
export type Tokens = tf.Tensor3D;

/** One transformer block; `masks` are those of its two branches. */
export function block(
  x: Tokens,
  p: Block,
  { heads, masks = [], lean }: Keeping & { heads: number; masks?: readonly tf.Tensor[] },
): Tokens {
  x = x.add(dropPath(attention(layerNorm(x, p.norm1), p.attn, { heads, lean }), masks[0]));
  return x.add(dropPath(mlp(layerNorm(x, p.norm2), p.mlp, { lean }), masks[1]));
}

/**
 * The first token `[batch, 1, width]` after a block, where nothing else is read of its result;
 * `masks` are those of its two branches.
 */
export function blockOfFirst(
  x: Tokens,
  p: Block,
  { heads, masks = [] }: { heads: number; masks?: readonly tf.Tensor[] },
): Tokens {
  const heard = attentionOfFirst(layerNorm(x, p.norm1), p.attn, heads);
  const token = x.slice<Tokens>([0, 0, 0], [-1, 1, -1]).add<Tokens>(dropPath(heard, masks[0]));
  return token.add(dropPath(mlp(layerNorm(token, p.norm2), p.mlp), masks[1]));
}
