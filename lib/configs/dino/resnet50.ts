import type { DinoConfig } from "./config.ts";
import { resnet50 } from "../resnets.ts";
import { dinoVitSmall100 } from "./vit_small.ts";

/** ResNet-50 for 100 epochs, as the official README proposes; see {@linkcode dinoHeadings}. */
export const dinoResnet50Epochs100 = Object.freeze(
  {
    ...dinoVitSmall100,
    preset: "resnet50_100ep",
    arch: "resnet50",
    resnet: resnet50,
    dropPath: 0,
    globalScale: [0.14, 1],
    localScale: [0.05, 0.14],
    optimizer: "sgd",
    learningRate: 0.03,
    weightDecay: 1e-4,
    weightDecayEnd: 1e-4,
  } as const satisfies DinoConfig,
) as Readonly<DinoConfig>;

/** The published ResNet-50; see {@linkcode dinoHeadings} for what is recalled and not verified. */
export const dinoResnet50Epochs800 = Object.freeze(
  {
    ...dinoResnet50Epochs100,
    preset: "resnet50_800ep",
    batchSize: 4080,
    epochs: 800,
    prototypes: 60000,
    batchNormInHead: true,
    localCrops: 6,
    optimizer: "lars",
    learningRate: 0.3,
    minLearningRate: 0.0048,
    weightDecay: 1e-6,
    weightDecayEnd: 1e-6,
    clipGradient: 0,
    teacherTemperature: 0.07,
    teacherTemperatureWarmup: 50,
  } as const satisfies DinoConfig,
) as Readonly<DinoConfig>;
