import { publishedResnet50 } from "../published_resnet50.ts";
import type { SimsiamConfig } from "./config.ts";

/** ResNet-50 for 100 epochs, as the official program proposes; see {@linkcode simsiamHeadings}. */
export const simsiamResnet50Epochs100 = Object.freeze(
  {
    ...publishedResnet50,
    method: "simsiam",
    preset: "resnet50_100ep",
    batchSize: 512,
    epochs: 100,

    projectorLayers: 3,
    headOut: 2048,
    predictorHidden: 512,

    constantPredictorRate: true,
    stopGradient: true,

    globalScale: [0.2, 1],
    jitterStrength: [0.4, 0.4, 0.4, 0.1],

    optimizer: "sgd",
    learningRate: 0.05,
    learningRateBatch: 256,
    warmup: 0,
    weightDecay: 1e-4,
    weightDecayEnd: 1e-4,
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
