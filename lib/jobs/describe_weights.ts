import type { BackboneSizes, LocatedBackbone } from "../models/mod.ts";

/** What was found in a checkpoint. */
export type Contents = Omit<LocatedBackbone, "tensors"> & { tensors: Record<string, unknown> };

/**
 * What was found in a checkpoint, in a sentence: the network, and its tensors by name and shape.
 */
export function describeWeights(
  path: string,
  { prefix, sizes, tensors, missing, leftOver }: Contents,
): string {
  return [
    `${path}: ${prefix ? `"${prefix}*", ` : ""}${describeSizes(sizes)}`,
    `${Object.keys(tensors).length} tensors matched`,
    Object.keys(missing).length ? `missing ${list(missing)}` : "none missing",
    Object.keys(leftOver).length ? `left over ${list(leftOver)}` : "none left over",
  ].join("; ");
}

function describeSizes(sizes: BackboneSizes): string {
  const { resnet, width, depth, heads, patchSize, imageSize } = sizes;
  return resnet
    ? `a ResNet of width ${width}, stages of ${resnet.layers.join(", ")} ${resnet.block} blocks`
    : `a ViT of width ${width}, depth ${depth}, ${heads} heads, patches of ${patchSize} for ` +
      `images of ${imageSize}`;
}

/** How many tensors there are, and the first of them. */
function list(shapes: Record<string, readonly number[]>): string {
  const names = Object.entries(shapes).map(([name, shape]) => `"${name}" [${shape}]`);
  const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
  return `${names.length}: ${names.slice(0, 3).join(", ")}${more}`;
}
