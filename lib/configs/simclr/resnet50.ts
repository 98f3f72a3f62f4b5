import { publishedResnet50 } from "../published_resnet50.ts";
import type { SimclrConfig } from "./config.ts";

/** ResNet-50 for 100 epochs, as the official README proposes; see {@linkcode simclrHeadings}. */
export const simclrResnet50Epochs100 = Object.freeze(
  {
    ...publishedResnet50,
    method: "simclr",
    preset: "resnet50_100ep",
    batchSize: 4096,
    epochs: 100,

    projectorLayers: 3,
    headOut: 128,
    temperature: 0.1,

    globalScale: [0.08, 1],
    jitterStrength: [0.8, 0.8, 0.8, 0.2],

    optimizer: "lars_simclr",
    learningRate: 0.075,
    learningRateBatch: null,
    rootRate: true,
    warmup: 10,
    weightDecay: 1e-4,
    weightDecayEnd: 1e-4,
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
