import { publishedResnet50 } from "../published_resnet50.ts";
import type { InfoMinConfig } from "./config.ts";

/** ResNet-50 for 800 epochs, the table's row; see {@linkcode infoMinHeadings}. */
export const infoMinResnet50Epochs800 = Object.freeze(
  {
    ...publishedResnet50,
    method: "info_min",
    preset: "resnet50_800ep",
    batchSize: 256,
    epochs: 800,

    headOut: 128,
    queue: 65536,
    temperature: 0.15,
    jigsawShare: 0.5,

    globalScale: [0.2, 1],
    jitterStrength: [0.8, 0.8, 0.8, 0.2],
    randAugment: [10, 0.5],
    jigsawCrop: 255,
    jigsawPatch: 64,

    optimizer: "sgd",
    learningRate: 0.03,
    learningRateBatch: null,
    minLearningRate: 3e-5,
    warmup: 0,
    weightDecay: 1e-4,
    weightDecayEnd: 1e-4,
    teacherMomentum: 0.999,
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
