import { quoteName, quoteNames } from "../checkpoint/mod.ts";
import { escapeControls } from "../images/mod.ts";
import type { BackboneSizes, LocatedBackbone, ResnetTraits } from "../models/mod.ts";

/** What was found in a checkpoint. */
export type Contents = Omit<LocatedBackbone, "tensors">;

/**
 * What was found in a checkpoint, in a sentence: the network, and its tensors by name and shape;
 * also what was assumed, and what else could have been chosen.
 */
export function describeWeights(
  path: string,
  { prefix, others, sizes, matched, missing, leftOver, headsAssumed }: Contents,
): string {
  return [
    `${escapeControls(path)}: ${prefix ? `${quoteName(`${prefix}*`)}, ` : ""}${
      describeSizes(sizes)
    }`,
    `${matched} tensors matched`,
    Object.keys(missing).length ? `missing ${list(missing)}` : "none missing",
    Object.keys(leftOver).length ? `left over ${list(leftOver)}` : "none left over",
    ...headsAssumed
      ? [`${sizes.heads} heads are assumed from the width: \`heads\` changes that`]
      : [],
    ...others.length
      ? [`also here ${quoteNames(others.map((other) => `${other}*`))}: \`key\` chooses`]
      : [],
  ].join("; ");
}

function describeSizes(sizes: BackboneSizes): string {
  const { resnet, width, depth, heads, patchSize, imageSize, registers } = sizes;
  return resnet
    ? `a ResNet of width ${width}, stages of ${resnet.layers.join(", ")} ${resnet.block} blocks` +
      describeTraits(resnet)
    : `a ViT of width ${width}, depth ${depth}, ${heads} heads, patches of ${patchSize} for ` +
      `images of ${imageSize}${registers ? `, ${registers} registers` : ""}`;
}

/** What a residual network computes otherwise than torchvision's. */
function describeTraits({ samePadding, pixels }: ResnetTraits): string {
  const padded = { all: ", padded by TensorFlow's rule", pool: ", pooled by TensorFlow's rule" };
  return (samePadding ? padded[samePadding] : "") +
    (pixels === "fractions" ? ", which takes pixels from 0 to 1" : "");
}

/** How many tensors there are, and the first of them. */
function list(shapes: Record<string, readonly number[]>): string {
  const names = Object.entries(shapes).map(([name, shape]) => `${quoteName(name)} [${shape}]`);
  const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
  return `${names.length}: ${names.slice(0, 3).join(", ")}${more}`;
}
