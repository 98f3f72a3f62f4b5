import type { Config } from "./config.ts";
import type { Heading } from "./recipe.ts";
import { resnetTiny } from "./resnets.ts";

/**
 * What the small presets of all methods have in common, so that none is favored: a ViT of 0.8
 * million parameters on images of 32 to 64 pixels, and how it is scored.
 */
export const smallVit = {
  preset: "tiny",
  arch: "custom",
  precision: "auto",
  imageSize: 32,
  patchSize: 8,
  width: 128,
  depth: 4,
  heads: 4,
  mlpRatio: 4,
  dropPath: 0,
  relationBlocks: 0,
  evalCrop: "whole",
  // Things look larger in random crops than in whole images (Touvron et al. 2019, FixRes).
  evalSize: 48,
} as const satisfies Partial<Config>;

/** The same with a residual network of as many parameters. */
export const smallResnet = {
  preset: "tiny_resnet",
  arch: "resnet_tiny",
  resnet: resnetTiny,
} as const satisfies Partial<Config>;

/** Two large views of every image, all of the same kind. */
export const twoSmallViews = {
  globalSize: 32,
  globalScale: [0.25, 1],
  blur: 0.2,
  globalBlur: [0.2, 0.2],
  solarize: 0,
} as const satisfies Partial<Config>;

/** Beside them four small views of every image. */
export const fourTinyViews = {
  localSize: 16,
  localScale: [0.1, 0.4],
  localCrops: 4,
} as const satisfies Partial<Config>;

/** Twice the images of a step of a method with small views, which cost as much again. */
export const smallBatch = {
  batchSize: 128,
  epochs: 104,
} as const satisfies Partial<Config>;

/**
 * The optimizer of the small presets: that of Mugs' one of this name. A third of its learning rate
 * was tried for every method, and is clearly better for none after 12 epochs; SimSiam alone, which
 * gets worse with time under the whole rate, has it: see `methods/README.md`.
 */
export const smallOptimizer = {
  optimizer: "adamw",
  adamBetas: [0.9, 0.999],
  adamEpsilon: 1e-8,
  learningRate: 1.5e-3,
  learningRateBatch: 128,
  minLearningRate: 1e-5,
  warmup: "10%",
  weightDecay: 0.04,
  weightDecayEnd: 0.1,
  clipGradient: 0,
} as const satisfies Partial<Config>;

const ours = {
  score: "not yet run to its end: no score is claimed",
  cost: "minutes on two cores",
};

/** The heads of the small presets of a method. */
export const smallHeadings: Readonly<Record<"tiny" | "tiny_resnet", Heading>> = Object.freeze({
  tiny: { source: "ours: backbone, views and optimizer of all small presets", ...ours },
  tiny_resnet: { source: "ours: as tiny, with a small residual network", ...ours },
});
