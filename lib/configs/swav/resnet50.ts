import { multiCropResnet50, publishedResnet50 } from "../published_resnet50.ts";
import type { SwavConfig } from "./config.ts";

/** The published ResNet-50, for 800 epochs; see {@linkcode swavHeadings}. */
export const swavResnet50Epochs800 = Object.freeze(
  {
    ...publishedResnet50,
    method: "swav",
    preset: "resnet50_800ep",
    batchSize: 4096,
    epochs: 800,

    headHidden: 2048,
    headOut: 128,
    prototypes: 3000,

    temperature: 0.1,
    epsilon: 0.05,
    sinkhornIterations: 3,
    queue: 0,
    queueStart: 0,

    ...multiCropResnet50,
    freezeLastLayer: 1,
  } as const satisfies SwavConfig,
) as Readonly<SwavConfig>;

const shorter = (epochs: number) =>
  Object.freeze<SwavConfig>({
    ...swavResnet50Epochs800,
    preset: `resnet50_${epochs}ep`,
    epochs,
  });

/** The same for 100 epochs; see {@linkcode swavHeadings}. */
export const swavResnet50Epochs100: Readonly<SwavConfig> = shorter(100);

/** The same for 200 epochs; see {@linkcode swavHeadings}. */
export const swavResnet50Epochs200: Readonly<SwavConfig> = shorter(200);

/** The same for 400 epochs; see {@linkcode swavHeadings}. */
export const swavResnet50Epochs400: Readonly<SwavConfig> = shorter(400);

/** Small batches with a queue, for 400 epochs; see {@linkcode swavHeadings}. */
export const swavResnet50Epochs400Batch256 = Object.freeze(
  {
    ...swavResnet50Epochs400,
    preset: "resnet50_400ep_bs256",
    batchSize: 256,
    queue: 3840,
    queueStart: 15,
    learningRate: 0.6,
    minLearningRate: 0.0006,
    warmup: 0,
    warmupRate: 0,
  } as const satisfies SwavConfig,
) as Readonly<SwavConfig>;
