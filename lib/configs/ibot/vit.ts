import { dinoVitSmall100 } from "../dino/vit_small.ts";
import type { IbotConfig } from "./config.ts";

const { batchNormInHead: _, ...dino } = dinoVitSmall100;

/**
 * The published ViT-S/16, in float32 where the program takes mixed precision; see
 * {@linkcode ibotHeadings}.
 */
export const ibotVitSmall800 = Object.freeze(
  {
    ...dino,
    method: "ibot",
    preset: "vit_small_800ep",
    batchSize: 1024,
    epochs: 800,

    prototypes: 8192,
    patchPrototypes: 8192,
    sharedHead: true,
    normLastLayer: false,

    maskRatios: [0, 0.3],
    maskVariances: [0, 0.2],
    maskShape: "block",
    maskStart: 0,

    patchCenterMomentum: 0.9,
    classWeight: 1,
    patchWeight: 1,
    teacherTemperature: 0.07,
    warmupTeacherTemperature: 0.04,
    patchTeacherTemperature: 0.07,
    warmupPatchTeacherTemperature: 0.04,
    teacherTemperatureWarmup: 30,

    globalScale: [0.25, 1],
    localScale: [0.05, 0.25],
    localCrops: 10,
  } as const satisfies IbotConfig,
) as Readonly<IbotConfig>;

/** The published ViT-B/16; see {@linkcode ibotHeadings} for what is recalled and not verified. */
export const ibotVitBase400 = Object.freeze(
  {
    ...ibotVitSmall800,
    preset: "vit_base_400ep",
    arch: "vit_base",
    epochs: 400,
    width: 768,
    heads: 12,
    learningRate: 7.5e-4,
    minLearningRate: 2e-6,
    teacherTemperatureWarmup: 50,
    normLastLayer: true,
    freezeLastLayer: 3,
    clipGradient: 0.3,
    globalScale: [0.32, 1],
    localScale: [0.05, 0.32],
  } as const satisfies IbotConfig,
) as Readonly<IbotConfig>;

/** The published ViT-L/16; see {@linkcode ibotHeadings} for what is recalled and not verified. */
export const ibotVitLarge250 = Object.freeze(
  {
    ...ibotVitBase400,
    preset: "vit_large_250ep",
    arch: "vit_large",
    epochs: 250,
    width: 1024,
    depth: 24,
    heads: 16,
    dropPath: 0.4,
  } as const satisfies IbotConfig,
) as Readonly<IbotConfig>;
