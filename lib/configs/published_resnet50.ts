import type { Config, WarmupConfig } from "./config.ts";
import { resnet50 } from "./resnets.ts";

/**
 * What the published runs on ResNet-50 have in common, where a method states nothing else: images of
 * 224 pixels, the usual changes of their colors, and how they are scored. Sizes of a ViT and small
 * views are there for whoever chooses such by a flag.
 */
export const publishedResnet50 = {
  arch: "resnet50",
  steps: null,
  seed: 0,
  precision: "float32",

  resnet: resnet50,
  imageSize: 224,
  patchSize: 16,
  width: 384,
  depth: 12,
  heads: 6,
  mlpRatio: 4,
  dropPath: 0,
  relationBlocks: 0,

  globalSize: 224,
  localSize: 96,
  localScale: [0.05, 0.4],
  localCrops: 0,
  flip: 0.5,
  jitter: 0.8,
  grayscale: 0.2,
  blur: 0.5,
  globalBlur: [0.5, 0.5],
  solarize: 0,

  adamBetas: [0.9, 0.999],
  adamEpsilon: 1e-8,
  minLearningRate: 0,
  patchEmbedRate: 1,
  clipGradient: 0,
  tightenClip: null,
  freezeLastLayer: 0,

  exif: false,
  evalCrop: "center",
  evalSize: null,
} as const satisfies Partial<Config>;

/**
 * What the published runs of SwAV and of DeepCluster-v2 have in common beside that, whose programs
 * are one: two large and six small views, and LARC for batches of 4,096.
 */
export const multiCropResnet50 = {
  globalScale: [0.14, 1],
  localScale: [0.05, 0.14],
  localCrops: 6,
  jitterStrength: [0.8, 0.8, 0.8, 0.2],

  optimizer: "larc",
  learningRate: 4.8,
  learningRateBatch: null,
  minLearningRate: 0.0048,
  warmup: 10,
  warmupRate: 0.3,
  weightDecay: 1e-6,
  weightDecayEnd: 1e-6,
} as const satisfies Partial<Config & WarmupConfig>;
