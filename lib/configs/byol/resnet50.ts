import { publishedResnet50 } from "../published_resnet50.ts";
import type { ByolConfig } from "./config.ts";

/** The published ResNet-50, for 1000 epochs; see {@linkcode byolHeadings}. */
export const byolResnet50Epochs1000 = Object.freeze(
  {
    ...publishedResnet50,
    method: "byol",
    preset: "resnet50_1000ep",
    batchSize: 4096,
    epochs: 1000,

    headHidden: 4096,
    predictorHidden: 4096,
    headOut: 256,
    classes: 0,

    globalScale: [0.08, 1],
    jitterStrength: [0.4, 0.4, 0.2, 0.1],
    blur: 0.1,
    globalBlur: [1, 0.1],
    solarize: 0.2,

    optimizer: "lars",
    learningRate: 0.2,
    learningRateBatch: 256,
    warmup: 10,
    weightDecay: 1.5e-6,
    weightDecayEnd: 1.5e-6,
    teacherMomentum: 0.996,
  } as const satisfies ByolConfig,
) as Readonly<ByolConfig>;

/** The same for 300 epochs; see {@linkcode byolHeadings}. */
export const byolResnet50Epochs300 = Object.freeze(
  {
    ...byolResnet50Epochs1000,
    preset: "resnet50_300ep",
    epochs: 300,
    learningRate: 0.3,
    weightDecay: 1e-6,
    weightDecayEnd: 1e-6,
    teacherMomentum: 0.99,
  } as const satisfies ByolConfig,
) as Readonly<ByolConfig>;

/** The same for 100 epochs; see {@linkcode byolHeadings}. */
export const byolResnet50Epochs100 = Object.freeze(
  {
    ...byolResnet50Epochs300,
    preset: "resnet50_100ep",
    epochs: 100,
    learningRate: 0.45,
  } as const satisfies ByolConfig,
) as Readonly<ByolConfig>;

/** The same for 40 epochs; see {@linkcode byolHeadings}. */
export const byolResnet50Epochs40 = Object.freeze(
  {
    ...byolResnet50Epochs100,
    preset: "resnet50_40ep",
    epochs: 40,
    teacherMomentum: 0.97,
  } as const satisfies ByolConfig,
) as Readonly<ByolConfig>;
