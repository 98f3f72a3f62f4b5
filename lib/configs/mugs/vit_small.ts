import type { MugsConfig } from "./config.ts";

/** ViT-S/16 for 100 epochs, to the letter of the official release; see {@linkcode mugsHeadings}. */
export const vitSmall100 = Object.freeze(
  {
    method: "mugs",
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
    relationBlocks: 1,

    headHidden: 2048,
    predictorHidden: 4096,
    headOut: 256,
    localGroupOut: null,
    bottleneck: 256,
    prototypes: 65536,
    batchNormInHead: false,
    normBeforePredictor: true,
    normLastLayer: false,

    instanceQueue: 65536,
    localGroupQueue: 65536,
    memory: 65536,
    neighbors: 8,
    instanceTemperature: 0.2,
    localGroupTemperature: 0.2,
    studentTemperature: 0.1,
    centerMomentum: 0.9,
    lossWeights: [1, 1, 1],
    lossSum: "weighted",
    memoryPointer: "fixed",

    globalSize: 224,
    globalScale: [0.25, 1],
    localSize: 96,
    localScale: [0.05, 0.25],
    localCrops: 10,
    sharedCrops: false,
    flip: 0.5,
    jitter: 0.8,
    jitterStrength: [0.4, 0.4, 0.2, 0.1],
    grayscale: 0.2,
    blur: 0.5,
    globalBlur: [1, 0.1],
    solarize: 0.2,
    strongShare: 0.5,
    randAugment: [9, 0.5],
    erasing: 0.25,
    erasingNoise: "pixels",

    optimizer: "adamw",
    adamBetas: [0.9, 0.999],
    adamEpsilon: 1e-8,
    learningRate: 8e-4,
    learningRateBatch: 256,
    minLearningRate: 1e-6,
    warmup: 10,
    weightDecay: 0.04,
    weightDecayEnd: 0.2,
    patchEmbedRate: 0.2,
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
  } as const satisfies MugsConfig,
) as Readonly<MugsConfig>;

/** ViT-S/16 for 300 epochs of twice the batch, its teacher's temperature warmed up to 0.07. */
export const vitSmall300 = Object.freeze(
  {
    ...vitSmall100,
    preset: "vit_small_300ep",
    batchSize: 1024,
    epochs: 300,
    weightDecayEnd: 0.1,
    teacherTemperature: 0.07,
    teacherTemperatureWarmup: 30,
  } as const satisfies MugsConfig,
) as Readonly<MugsConfig>;

/** As {@linkcode vitSmall300}, for 800 epochs. */
export const vitSmall800 = Object.freeze(
  { ...vitSmall300, preset: "vit_small_800ep", epochs: 800 } as const satisfies MugsConfig,
) as Readonly<MugsConfig>;
