import type { MugsConfig } from "./config.ts";
import { vitSmall100 } from "./vit_small.ts";

/**
 * A ViT of 0.8 million parameters on images of 32 to 64 pixels: minutes on two cores; see
 * {@linkcode mugsHeadings}.
 */
export const tiny = Object.freeze(
  {
    ...vitSmall100,
    preset: "tiny",
    arch: "custom",
    batchSize: 64,
    precision: "auto",
    epochs: 52,

    imageSize: 32,
    patchSize: 8,
    width: 128,
    depth: 4,
    heads: 4,
    dropPath: 0,

    headHidden: 256,
    predictorHidden: 256,
    headOut: 128,
    bottleneck: 128,
    prototypes: 1024,
    // So short a run learns much faster with it, at the price that steps are not cut into parts.
    batchNormInHead: true,

    instanceQueue: 2048,
    localGroupQueue: 2048,
    memory: 2048,
    instanceTemperature: 0.1,
    localGroupTemperature: 0.1,

    globalSize: 32,
    localSize: 16,
    localScale: [0.1, 0.4],
    localCrops: 4,
    sharedCrops: true,
    blur: 0.2,
    globalBlur: [0.2, 0.2],
    solarize: 0,
    strongShare: 0,

    learningRate: 1.5e-3,
    learningRateBatch: 64,
    minLearningRate: 1e-5,
    warmup: "10%",
    weightDecayEnd: 0.1,
    patchEmbedRate: 1,
    freezeLastLayer: "2%",
    // At 0.99 the teacher lags behind for much of so short a run; at 0.9 the groups collapse.
    teacherMomentum: 0.97,

    evalCrop: "whole",
    // Things look larger in random crops than in whole images (Touvron et al. 2019, FixRes).
    evalSize: 48,
  } as const satisfies MugsConfig,
) as Readonly<MugsConfig>;

/** What `tiny` lacks where methods are compared: the others were not tuned so. */
export const compared: Readonly<Partial<MugsConfig>> = Object.freeze(
  { teacherMomentum: 0.99, batchNormInHead: false } as const,
);
