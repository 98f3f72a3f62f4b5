import type { Shapes } from "../../tree/mod.ts";
import type { VitSizes } from "./config.ts";

/**
 * The tensors of a vision transformer by name: the one statement of them, from which parameters are
 * drawn, checkpoints are checked and parameters are counted.
 */
export function vitShapes(sizes: Omit<VitSizes, "heads">): Shapes {
  const { imageSize, patchSize, width, depth, mlpRatio, relationBlocks, registers } = sizes;
  const hidden = width * mlpRatio;
  const block = (path: string): Shapes => ({
    ...layer(`${path}.norm1`, [width]),
    ...layer(`${path}.attn.qkv`, [3 * width, width]),
    ...layer(`${path}.attn.proj`, [width, width]),
    ...layer(`${path}.norm2`, [width]),
    ...layer(`${path}.mlp.fc1`, [hidden, width]),
    ...layer(`${path}.mlp.fc2`, [width, hidden]),
  });
  const blocks = (path: string, count: number): Shapes =>
    Object.assign({}, ...Array.from({ length: count }, (_, i) => block(`${path}.${i}`)));
  return {
    cls_token: [1, 1, width],
    pos_embed: [1, 1 + (imageSize / patchSize) ** 2, width],
    ...registers && { register_tokens: [1, registers, width] },
    ...layer("patch_embed.proj", [width, 3, patchSize, patchSize]),
    ...blocks("blocks", depth),
    ...layer("norm", [width]),
    ...blocks("relation_blocks", relationBlocks),
  };
}

/** Weight and bias of a layer whose first axis is its output. */
function layer(path: string, shape: [outputs: number, ...inputs: number[]]): Shapes {
  return { [`${path}.weight`]: shape, [`${path}.bias`]: [shape[0]] };
}
