import { backboneShapes, type BackboneSizes } from "./backbone.ts";
import type { ResnetSizes } from "./resnet/sizes.ts";
import { parameterCount } from "./shapes.ts";

/** What tables say of a backbone. */
export type BackboneDescription = {
  /** The name of the architecture as papers write it, or else its sizes. */
  arch: string;
  /** The number of parameters, without relation blocks, heads and running statistics. */
  parameters: number;
};

/** The names of tensors that are no parameters. */
const buffers = /\.(running_mean|running_var|num_batches_tracked)$/;

const letters: Record<string, string> = {
  vit_tiny: "Ti",
  vit_small: "S",
  vit_base: "B",
  vit_large: "L",
};

/** Describes the backbone of a configuration. */
export function describeBackbone(
  sizes: Omit<BackboneSizes, "heads"> & { arch: string },
): BackboneDescription {
  const { arch, resnet, width, depth, patchSize } = sizes;
  const shapes = Object.entries(backboneShapes({ ...sizes, relationBlocks: 0 }));
  const learned = shapes.filter(([name]) => !buffers.test(name));
  const parameters = parameterCount(Object.fromEntries(learned));
  if (resnet) return { arch: resnetName(arch, resnet), parameters };
  const letter = letters[arch];
  const name = letter ? `ViT-${letter}/${patchSize}` : `ViT ${width}x${depth}/${patchSize}`;
  return { arch: name, parameters };
}

function resnetName(arch: string, { layers }: ResnetSizes): string {
  const [, wide, depth, factor] = /^(wide_)?resnet(\d+)(_\d+)?$/.exec(arch) ?? [];
  if (depth === undefined) return `ResNet of ${layers.join(" + ")} blocks`;
  return `${wide ? "Wide " : ""}ResNet-${depth}${(factor ?? "").replace("_", "-")}`;
}
