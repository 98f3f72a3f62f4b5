import type { Shapes } from "../../tree/mod.ts";
import type { VitSizes } from "./config.ts";

/**
 * The sizes of the vision transformer whose tensors have these shapes. The number of attention
 * heads is not among them: no shape tells it.
 *
 * @param name What to call the file in errors.
 * @throws {TypeError} If they are not the tensors of a vision transformer.
 */
export function measureVit(shapes: Shapes, name: string): Omit<VitSizes, "heads"> {
  const of = (path: string, rank: number): number[] => {
    const shape = shapes[path];
    if (shape?.length === rank) return shape;
    throw new TypeError(
      `Cannot use ${name}: its vision transformer has no tensor "${path}" of rank ${rank}; take ` +
        "another checkpoint",
    );
  };
  const [width, , patchSize] = of("patch_embed.proj.weight", 4) as [number, number, number];
  const [, positions] = of("pos_embed", 3) as [number, number];
  const [hidden] = of("blocks.0.mlp.fc1.weight", 2) as [number];
  const patches = positions - 1;
  const side = Math.sqrt(patches);
  if (!Number.isInteger(side)) {
    throw new TypeError(
      `Cannot use ${name}: its ${patches} positions are no square grid; take a network with a ` +
        `class token and no other one, such as DeiT's without distillation`,
    );
  }
  const paths = Object.keys(shapes);
  const [, registers] = shapes.register_tokens ?? [];
  return {
    imageSize: side * patchSize,
    patchSize,
    width,
    depth: countBelow(paths, "blocks"),
    mlpRatio: hidden / width,
    relationBlocks: countBelow(paths, "relation_blocks"),
    ...registers !== undefined && { registers },
  };
}

/** One more than the greatest index beneath a path. */
function countBelow(paths: string[], path: string): number {
  const indices = paths.filter((name) => name.startsWith(`${path}.`))
    .map((name) => Number(name.split(".")[1]));
  return indices.length ? Math.max(...indices) + 1 : 0;
}
