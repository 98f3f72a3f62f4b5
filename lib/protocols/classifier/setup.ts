import type { ClassifierConfig } from "../../configs/mod.ts";
import { backboneShapes, type BackboneSizes, featureWidth } from "../../models/mod.ts";
import { adamw, type Group, layerDecay, type Optimizer } from "../../optim/mod.ts";
import { below, type Shapes } from "../../tree/mod.ts";
import { headShapes } from "./head.ts";

/** What a classifier is: its recipe, the sizes of its backbone, and how many classes there are. */
export type ClassifierSetup = {
  config: ClassifierConfig & { imageSize: number };
  backbone: BackboneSizes;
  classes: number;
};

/**
 * A setup for the backbone of a checkpoint: without its relation blocks, and where positions are
 * resized with those of the images of the recipe.
 *
 * @throws {RangeError} If the images cannot be cut into patches.
 */
export function classifierSetup(
  config: ClassifierConfig,
  sizes: BackboneSizes,
  classes: number,
): ClassifierSetup {
  const { resizePositions } = config;
  const imageSize = config.imageSize ?? sizes.imageSize;
  if (!sizes.resnet && imageSize % sizes.patchSize) {
    throw new RangeError(
      `\`imageSize\` ${imageSize} is not a multiple of the network's patch size, ${sizes.patchSize}`,
    );
  }
  const resized = resizePositions && !sizes.resnet ? { imageSize } : {};
  return {
    config: { ...config, imageSize },
    backbone: { ...sizes, ...resized, relationBlocks: 0 },
    classes,
  };
}

/** The tensors of a network by path. */
export function networkShapes({ config, backbone, classes }: ClassifierSetup): Shapes {
  return {
    ...below("backbone", backboneShapes(backbone)),
    ...below("head", headShapes(config, { inputs: featureWidth(backbone), classes })),
  };
}

/** Whether a tensor is learned: the running statistics of batch normalizations are not. */
export function isLearned(name: string): boolean {
  return !/\.(running_mean|running_var|num_batches_tracked)$/.test(name);
}

/** Whether the moving average has a tensor: all but counters. */
export function isAveraged(name: string): boolean {
  return !name.endsWith(".num_batches_tracked");
}

/**
 * The group of a parameter by its name and rank. A residual network has no blocks in the sense of
 * layer decay: all of it learns at the rate of the head.
 */
export function classifierGroup(
  { config, backbone: { depth } }: ClassifierSetup,
): (name: string, rank: number) => Group {
  const { layerDecay: decay, decayTokens } = config;
  return layerDecay({ decay, depth, decayTokens });
}

/** The optimizer of a classifier. */
export function classifierOptimizer(setup: ClassifierSetup): Optimizer {
  return adamw({ group: classifierGroup(setup) });
}
