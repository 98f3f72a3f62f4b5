import { resnet50 } from "../resnets.ts";
import type { SimclrConfig } from "./config.ts";

/** ResNet-50 for 100 epochs, as the official README proposes; see {@linkcode simclrHeadings}. */
export const simclrResnet50Epochs100 = Object.freeze(
  {
    method: "simclr",
    preset: "resnet50_100ep",
    arch: "resnet50",
    batchSize: 4096,
    epochs: 100,
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

    projectorLayers: 3,
    headOut: 128,
    temperature: 0.1,

    globalSize: 224,
    globalScale: [0.08, 1],
    localSize: 96,
    localScale: [0.05, 0.4],
    localCrops: 0,
    flip: 0.5,
    jitter: 0.8,
    jitterStrength: [0.8, 0.8, 0.8, 0.2],
    grayscale: 0.2,
    blur: 0.5,
    globalBlur: [0.5, 0.5],
    solarize: 0,

    optimizer: "lars_simclr",
    adamBetas: [0.9, 0.999],
    adamEpsilon: 1e-8,
    learningRate: 0.075,
    learningRateBatch: null,
    rootRate: true,
    minLearningRate: 0,
    warmup: 10,
    weightDecay: 1e-4,
    weightDecayEnd: 1e-4,
    patchEmbedRate: 1,
    clipGradient: 0,
    tightenClip: null,
    freezeLastLayer: 0,

    exif: false,

    evalCrop: "center",
    evalSize: null,
  } as const satisfies SimclrConfig,
) as Readonly<SimclrConfig>;

/** The same for 1000 epochs, the table's row; see {@linkcode simclrHeadings}. */
export const simclrResnet50Epochs1000 = Object.freeze(
  {
    ...simclrResnet50Epochs100,
    preset: "resnet50_1000ep",
    epochs: 1000,
  } as const satisfies SimclrConfig,
) as Readonly<SimclrConfig>;
