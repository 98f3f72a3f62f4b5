import type { DinoConfig } from "./config.ts";

/**
 * ViT-S/16 for 100 epochs by the defaults of the official program, in float32 where it takes mixed
 * precision; see {@linkcode dinoHeadings}.
 */
export const dinoVitSmall100 = Object.freeze(
  {
    method: "dino",
    preset: "vit_small_100ep",
    arch: "vit_small",
    batchSize: 512,
    epochs: 100,
    steps: null,
    seed: 0,
    precision: "float32",

    imageSize: 224,
    patchSize: 16,
    width: 384,
    depth: 12,
    heads: 6,
    mlpRatio: 4,
    dropPath: 0.1,
    relationBlocks: 0,

    headLayers: 3,
    headHidden: 2048,
    bottleneck: 256,
    prototypes: 65536,
    batchNormInHead: false,
    normLastLayer: true,

    studentTemperature: 0.1,
    centerMomentum: 0.9,

    globalSize: 224,
    globalScale: [0.4, 1],
    localSize: 96,
    localScale: [0.05, 0.4],
    localCrops: 8,
    flip: 0.5,
    jitter: 0.8,
    jitterStrength: [0.4, 0.4, 0.2, 0.1],
    grayscale: 0.2,
    blur: 0.5,
    globalBlur: [1, 0.1],
    solarize: 0.2,

    optimizer: "adamw",
    adamBetas: [0.9, 0.999],
    adamEpsilon: 1e-8,
    learningRate: 5e-4,
    learningRateBatch: 256,
    minLearningRate: 1e-6,
    warmup: 10,
    weightDecay: 0.04,
    weightDecayEnd: 0.4,
    patchEmbedRate: 1,
    clipGradient: 3,
    tightenClip: null,
    freezeLastLayer: 1,
    teacherMomentum: 0.996,
    teacherTemperature: 0.04,
    warmupTeacherTemperature: 0.04,
    teacherTemperatureWarmup: 0,

    exif: false,

    evalCrop: "center",
    evalSize: null,
  } as const satisfies DinoConfig,
) as Readonly<DinoConfig>;

/** As {@linkcode dinoVitSmall100} for 300 epochs of twice the batch, with what is said to help. */
export const dinoVitSmall300 = Object.freeze(
  {
    ...dinoVitSmall100,
    preset: "vit_small_300ep",
    batchSize: 1024,
    epochs: 300,
    teacherTemperature: 0.07,
    teacherTemperatureWarmup: 30,
    normLastLayer: false,
  } as const satisfies DinoConfig,
) as Readonly<DinoConfig>;

/**
 * The published ViT-S/16; see {@linkcode dinoHeadings} for what is recalled of it and not verified.
 */
export const dinoVitSmall800 = Object.freeze(
  {
    ...dinoVitSmall300,
    preset: "vit_small_800ep",
    epochs: 800,
    minLearningRate: 1e-5,
    clipGradient: 0,
    globalScale: [0.25, 1],
    localScale: [0.05, 0.25],
    localCrops: 10,
  } as const satisfies DinoConfig,
) as Readonly<DinoConfig>;
