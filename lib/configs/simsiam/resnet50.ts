import { resnet50 } from "../resnets.ts";
import type { SimsiamConfig } from "./config.ts";

/** ResNet-50 for 100 epochs, as the official program proposes; see {@linkcode simsiamHeadings}. */
export const simsiamResnet50Epochs100 = Object.freeze(
  {
    method: "simsiam",
    preset: "resnet50_100ep",
    arch: "resnet50",
    batchSize: 512,
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
    headOut: 2048,
    predictorHidden: 512,

    constantPredictorRate: true,
    stopGradient: true,

    globalSize: 224,
    globalScale: [0.2, 1],
    localSize: 96,
    localScale: [0.05, 0.4],
    localCrops: 0,
    flip: 0.5,
    jitter: 0.8,
    jitterStrength: [0.4, 0.4, 0.4, 0.1],
    grayscale: 0.2,
    blur: 0.5,
    globalBlur: [0.5, 0.5],
    solarize: 0,

    optimizer: "sgd",
    adamBetas: [0.9, 0.999],
    adamEpsilon: 1e-8,
    learningRate: 0.05,
    learningRateBatch: 256,
    minLearningRate: 0,
    warmup: 0,
    weightDecay: 1e-4,
    weightDecayEnd: 1e-4,
    patchEmbedRate: 1,
    clipGradient: 0,
    tightenClip: null,
    freezeLastLayer: 0,

    exif: false,

    evalCrop: "center",
    evalSize: null,
  } as const satisfies SimsiamConfig,
) as Readonly<SimsiamConfig>;

/** As {@linkcode simsiamResnet50Epochs100} with batches of 256; see {@linkcode simsiamHeadings}. */
export const simsiamResnet50Epochs100Batch256 = Object.freeze(
  {
    ...simsiamResnet50Epochs100,
    preset: "resnet50_100ep_bs256",
    batchSize: 256,
  } as const satisfies SimsiamConfig,
) as Readonly<SimsiamConfig>;

/** ResNet-50 for 800 epochs, the table's row; see {@linkcode simsiamHeadings}. */
export const simsiamResnet50Epochs800 = Object.freeze(
  {
    ...simsiamResnet50Epochs100Batch256,
    preset: "resnet50_800ep",
    epochs: 800,
  } as const satisfies SimsiamConfig,
) as Readonly<SimsiamConfig>;
