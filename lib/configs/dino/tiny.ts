import { smallResnet } from "../small.ts";
import type { DinoConfig } from "./config.ts";
import { dinoVitSmall100 } from "./vit_small.ts";

/**
 * A ViT of 0.8 million parameters on images of 32 to 64 pixels, with the backbone, the views, the
 * rate and the decay of Mugs' preset of this name; see {@linkcode dinoHeadings}.
 */
export const dinoTiny = Object.freeze(
  {
    ...dinoVitSmall100,
    preset: "tiny",
    arch: "custom",
    batchSize: 64,
    precision: "auto",
    epochs: 52,

    imageSize: 32,
    patchSize: 8,
    width: 128,
    depth: 4,
    heads: 4,
    dropPath: 0,

    headHidden: 256,
    bottleneck: 128,
    prototypes: 1024,
    normLastLayer: false,

    globalSize: 32,
    globalScale: [0.25, 1],
    localSize: 16,
    localScale: [0.1, 0.4],
    localCrops: 4,
    blur: 0.2,
    globalBlur: [0.2, 0.2],
    solarize: 0,

    learningRate: 1.5e-3,
    learningRateBatch: 64,
    minLearningRate: 1e-5,
    warmup: "10%",
    weightDecayEnd: 0.1,
    freezeLastLayer: "2%",
    teacherMomentum: 0.99,

    evalCrop: "whole",
    evalSize: 48,
  } as const satisfies DinoConfig,
) as Readonly<DinoConfig>;

/** The same with a small residual network; see {@linkcode dinoHeadings}. */
export const dinoTinyResnet = Object.freeze(
  { ...dinoTiny, ...smallResnet } as const satisfies DinoConfig,
) as Readonly<DinoConfig>;
