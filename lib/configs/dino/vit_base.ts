import type { DinoConfig } from "./config.ts";
import { dinoVitSmall800 } from "./vit_small.ts";

/**
 * The published ViT-B/16; see {@linkcode dinoHeadings} for what is recalled of it and not verified.
 */
export const dinoVitBase400 = Object.freeze(
  {
    ...dinoVitSmall800,
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
  } as const satisfies DinoConfig,
) as Readonly<DinoConfig>;
