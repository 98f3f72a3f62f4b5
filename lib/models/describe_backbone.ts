import type { ResnetSizes } from "./resnet/sizes.ts";
import { resnetShapes } from "./resnet/shapes.ts";
import { parameterCount } from "./shapes.ts";
import type { VitSizes } from "./vit/config.ts";
import { vitParameters } from "./vit/shapes.ts";

/** What tables say of a backbone. */
export type BackboneDescription = {
  /** The name of the architecture as papers write it, or else its sizes. */
  arch: string;
  /** The number of parameters, without relation blocks, heads and running statistics. */
  parameters: number;
};

/** The sizes of a vision transformer, unless there are those of a residual network. */
type Sizes = Omit<VitSizes, "heads"> & { arch: string; resnet?: ResnetSizes };

/** The names of tensors that are no parameters. */
const buffers = /\.(running_mean|running_var|num_batches_tracked)$/;

const letters: Record<string, string> = {
  vit_tiny: "Ti",
  vit_small: "S",
  vit_base: "B",
  vit_large: "L",
};

/** Describes the backbone of a configuration. */
export function describeBackbone(sizes: Sizes): BackboneDescription {
  const { arch, resnet, width, depth, patchSize } = sizes;
  if (resnet) return { arch: resnetName(arch, resnet), parameters: resnetParameters(resnet) };
  const letter = letters[arch];
  return {
    arch: letter ? `ViT-${letter}/${patchSize}` : `ViT ${width}x${depth}/${patchSize}`,
    parameters: vitParameters(sizes),
  };
}

function resnetName(arch: string, { layers }: ResnetSizes): string {
  const [, wide, depth, factor] = /^(wide_)?resnet(\d+)(_\d+)?$/.exec(arch) ?? [];
  if (depth === undefined) return `ResNet of ${layers.join(" + ")} blocks`;
  return `${wide ? "Wide " : ""}ResNet-${depth}${(factor ?? "").replace("_", "-")}`;
}

function resnetParameters(sizes: ResnetSizes): number {
  const shapes = Object.entries(resnetShapes(sizes));
  return parameterCount(Object.fromEntries(shapes.filter(([name]) => !buffers.test(name))));
}
