import type { Located } from "./safetensors.ts";

/** The sizes of a vision transformer, as far as a checkpoint tells them. */
export type Sizes = {
  /** Side in pixels of the images that the position embeddings are made for. */
  imageSize: number;
  patchSize: number;
  width: number;
  depth: number;
  heads: number;
  mlpRatio: number;
  relationBlocks: number;
};

/** The names and shapes of a vision transformer's tensors, as the reference has them. */
export function shapes(sizes: Omit<Sizes, "heads">): Record<string, number[]> {
  const { imageSize, patchSize, width, depth, mlpRatio, relationBlocks } = sizes;
  const hidden = width * mlpRatio;
  const block = (path: string) => ({
    ...layer(`${path}.norm1`, [width]),
    ...layer(`${path}.attn.qkv`, [3 * width, width]),
    ...layer(`${path}.attn.proj`, [width, width]),
    ...layer(`${path}.norm2`, [width]),
    ...layer(`${path}.mlp.fc1`, [hidden, width]),
    ...layer(`${path}.mlp.fc2`, [width, hidden]),
  });
  const blocks = (path: string, count: number) =>
    Object.assign({}, ...Array.from({ length: count }, (_, i) => block(`${path}.${i}`)));
  return {
    cls_token: [1, 1, width],
    pos_embed: [1, 1 + (imageSize / patchSize) ** 2, width],
    ...layer("patch_embed.proj", [width, 3, patchSize, patchSize]),
    ...blocks("blocks", depth),
    ...layer("norm", [width]),
    ...blocks("relation_blocks", relationBlocks),
  };
}

function layer(path: string, shape: number[]): Record<string, number[]> {
  return { [`${path}.weight`]: shape, [`${path}.bias`]: [shape[0]] };
}

/**
 * The sizes that the shapes of a network's tensors tell.
 *
 * @param name What to call the file in errors.
 * @throws {TypeError} If they are not those of a vision transformer.
 */
export function measure(tensors: Record<string, Located>, name: string): Omit<Sizes, "heads"> {
  const shape = (path: string, rank: number) => {
    const found = tensors[path]?.shape;
    if (found?.length === rank) return found;
    throw new TypeError(
      `Cannot use ${name}: its vision transformer has no tensor "${path}" of rank ${rank}`,
    );
  };
  const [width, , patchSize] = shape("patch_embed.proj.weight", 4);
  const [, positions] = shape("pos_embed", 3);
  const [hidden] = shape("blocks.0.mlp.fc1.weight", 2);
  const patches = positions - 1;
  const side = Math.sqrt(patches);
  if (!Number.isInteger(side)) {
    throw new TypeError(
      `Cannot use ${name}: its ${patches} positions are no square grid; take a network with a ` +
        `class token and no other one, such as DeiT's without distillation`,
    );
  }
  return {
    imageSize: side * patchSize,
    patchSize,
    width,
    depth: count(tensors, "blocks"),
    mlpRatio: hidden / width,
    relationBlocks: count(tensors, "relation_blocks"),
  };
}

/** One more than the greatest index beneath a path. */
function count(tensors: Record<string, Located>, path: string): number {
  const indices = Object.keys(tensors)
    .filter((name) => name.startsWith(`${path}.`)).map((name) => Number(name.split(".")[1]));
  return indices.length ? Math.max(...indices) + 1 : 0;
}
