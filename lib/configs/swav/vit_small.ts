import type { SwavConfig } from "./config.ts";
import { swavResnet50Epochs800 } from "./resnet50.ts";

const { resnet: _resnet, ...published } = swavResnet50Epochs800;

/**
 * ViT-S/16 for 800 epochs: DINO's optimizer, schedules and views with SwAV's head. The run of the
 * table was published without arguments, so this is ours; see {@linkcode swavHeadings}.
 */
export const swavVitSmall800 = Object.freeze(
  {
    ...published,
    preset: "vit_small_800ep",
    arch: "vit_small",
    batchSize: 1024,
    dropPath: 0.1,

    globalScale: [0.25, 1],
    localScale: [0.05, 0.25],
    localCrops: 10,

    optimizer: "adamw",
    learningRate: 0.0005,
    learningRateBatch: 256,
    minLearningRate: 1e-5,
    warmupRate: 0,
    weightDecay: 0.04,
    weightDecayEnd: 0.4,
  } as const satisfies SwavConfig,
) as Readonly<SwavConfig>;
