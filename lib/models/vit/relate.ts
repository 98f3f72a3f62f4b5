import * as tf from "@tensorflow/tfjs";
import { block, blockOfFirst, type Tokens } from "./block.ts";
import { classTokens } from "./features.ts";
import type { Vit } from "./vit.ts";

/**
 * Relates an image to its neighbors (Mugs, section 3.2): the relation blocks, then the final norm,
 * of the first token, `[batch, width]`.
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
  const image = query.rank === 2 ? query.expandDims<Tokens>(1) : query as Tokens;
  let x = neighbors ? tf.concat([image, neighbors], 1) : image;
  const relations = p.relation_blocks ?? [];
  for (const parameters of relations.slice(0, -1)) x = block(x, parameters, { heads });
  for (const parameters of relations.slice(-1)) x = blockOfFirst(x, parameters, { heads });
  return classTokens(x, p);
}
