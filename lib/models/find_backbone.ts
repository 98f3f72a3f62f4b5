import type { TensorFile } from "../checkpoint/mod.ts";
import type { BackboneSizes } from "./backbone.ts";
import { type LocatedTensors, networksIn } from "./locate.ts";
import { findResnet, holdsResnet } from "./resnet/find.ts";
import { type ResnetSizes, type ResnetTraits, resnetWidth, traitsOf } from "./resnet/sizes.ts";
import { findVit, vitFamily } from "./vit/find.ts";

/** A backbone as it lies in a file. */
export type LocatedBackbone = LocatedTensors & {
  sizes: BackboneSizes;
  /** Of a vision transformer, whether nothing but the width speaks for the number of heads. */
  headsAssumed?: boolean;
};

/** How a backbone is chosen. */
export type BackboneOptions = {
  /**
   * What the names of the network begin with, such as `student`; by default the first of `teacher`,
   * `student`, `state_dict` and `model`, else the only one.
   */
  key?: string;
  /** Number of attention heads, for files that do not say it. */
  heads?: number;
  /**
   * Whether tensors that have no part in the features may be missing, and others without a place.
   */
  partial?: boolean;
};

/**
 * Finds the backbone in a file: its vision transformer (see {@linkcode findVit}), or where it holds
 * none its residual network (see {@linkcode findResnet}).
 *
 * @param name What to call the file in errors.
 * @throws {TypeError} If the file holds no backbone, or one with missing, unknown or misshapen
 * tensors.
 */
export function findBackbone(
  file: Pick<TensorFile, "tensors" | "metadata"> & Partial<TensorFile>,
  name: string,
  options: BackboneOptions = {},
): LocatedBackbone {
  const holdsVit = networksIn(Object.keys(file.tensors), vitFamily).length > 0;
  if (holdsVit || !holdsResnet(file.tensors)) return findVit(file, name, options);
  const { sizes, ...located } = findResnet(file.tensors, name, options);
  return { ...located, sizes: backboneOf({ ...traitsIn(file.metadata), ...sizes }) };
}

/**
 * The sizes of a residual network as those of a backbone: its features have the width, its blocks
 * are the depth, images are as large as those of the published ones, and what it has not is 1.
 */
function backboneOf(resnet: ResnetSizes): BackboneSizes {
  return {
    imageSize: 224,
    patchSize: 1,
    width: resnetWidth(resnet),
    depth: resnet.layers.reduce((sum, blocks) => sum + blocks),
    heads: 1,
    mlpRatio: 1,
    relationBlocks: 0,
    resnet,
  };
}

/** What the configuration in a file of ours says of its residual network beside its shapes. */
function traitsIn({ config }: Record<string, string>): ResnetTraits {
  try {
    return traitsOf(JSON.parse(config ?? "{}").resnet ?? {});
  } catch {
    return {};
  }
}
