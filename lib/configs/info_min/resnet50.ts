import { resnet50 } from "../resnets.ts";
import type { InfoMinConfig } from "./config.ts";

/** ResNet-50 for 800 epochs, the table's row; see {@linkcode infoMinHeadings}. */
export const infoMinResnet50Epochs800 = Object.freeze(
  {
    method: "info_min",
    preset: "resnet50_800ep",
    arch: "resnet50",
    batchSize: 256,
    epochs: 800,
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

    headOut: 128,
    queue: 65536,
    temperature: 0.15,
    jigsawShare: 0.5,

    globalSize: 224,
    globalScale: [0.2, 1],
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
    randAugment: [10, 0.5],
    jigsawCrop: 255,
    jigsawPatch: 64,

    optimizer: "sgd",
    adamBetas: [0.9, 0.999],
    adamEpsilon: 1e-8,
    learningRate: 0.03,
    learningRateBatch: null,
    minLearningRate: 3e-5,
    warmup: 0,
    weightDecay: 1e-4,
    weightDecayEnd: 1e-4,
    patchEmbedRate: 1,
    clipGradient: 0,
    tightenClip: null,
    freezeLastLayer: 0,
    teacherMomentum: 0.999,

    exif: false,

    evalCrop: "center",
    evalSize: null,
  } as const satisfies InfoMinConfig,
) as Readonly<InfoMinConfig>;

const shorter = (epochs: number) =>
  Object.freeze<InfoMinConfig>({
    ...infoMinResnet50Epochs800,
    preset: `resnet50_${epochs}ep`,
    epochs,
  });

/** The same for 100 epochs; see {@linkcode infoMinHeadings}. */
export const infoMinResnet50Epochs100: Readonly<InfoMinConfig> = shorter(100);

/** The same for 200 epochs; see {@linkcode infoMinHeadings}. */
export const infoMinResnet50Epochs200: Readonly<InfoMinConfig> = shorter(200);
