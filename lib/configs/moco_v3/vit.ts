import type { MocoV3Config } from "./config.ts";

/**
 * ViT-S/16 with 12 heads for 300 epochs, in float32 where the official program takes mixed
 * precision; see {@linkcode mocoV3Headings}.
 */
export const mocoV3VitSmall300 = Object.freeze(
  {
    method: "moco_v3",
    preset: "vit_small_300ep",
    arch: "vit_small",
    batchSize: 4096,
    epochs: 300,
    steps: null,
    seed: 0,
    precision: "float32",

    imageSize: 224,
    patchSize: 16,
    width: 384,
    depth: 12,
    heads: 12,
    mlpRatio: 4,
    dropPath: 0,
    relationBlocks: 0,

    projectorLayers: 3,
    headHidden: 4096,
    headOut: 256,
    normAfterPredictor: true,

    temperature: 0.2,
    risingMomentum: true,
    frozenPatches: true,

    globalSize: 224,
    globalScale: [0.08, 1],
    localSize: 96,
    localScale: [0.05, 0.4],
    localCrops: 0,
    flip: 0.5,
    jitter: 0.8,
    jitterStrength: [0.4, 0.4, 0.2, 0.1],
    grayscale: 0.2,
    blur: 0.1,
    globalBlur: [1, 0.1],
    solarize: 0.2,

    optimizer: "adamw",
    adamBetas: [0.9, 0.999],
    adamEpsilon: 1e-8,
    learningRate: 1.5e-4,
    learningRateBatch: 256,
    minLearningRate: 0,
    warmup: 40,
    weightDecay: 0.1,
    weightDecayEnd: 0.1,
    patchEmbedRate: 1,
    clipGradient: 0,
    tightenClip: null,
    freezeLastLayer: 0,
    teacherMomentum: 0.99,

    exif: false,

    evalCrop: "center",
    evalSize: null,
  } as const satisfies MocoV3Config,
) as Readonly<MocoV3Config>;

/** As {@linkcode mocoV3VitSmall300} with a ViT-B/16; see {@linkcode mocoV3Headings}. */
export const mocoV3VitBase300 = Object.freeze(
  {
    ...mocoV3VitSmall300,
    preset: "vit_base_300ep",
    arch: "vit_base",
    width: 768,
  } as const satisfies MocoV3Config,
) as Readonly<MocoV3Config>;

/** As {@linkcode mocoV3VitBase300} with a ViT-L/16; see {@linkcode mocoV3Headings}. */
export const mocoV3VitLarge300 = Object.freeze(
  {
    ...mocoV3VitBase300,
    preset: "vit_large_300ep",
    arch: "vit_large",
    width: 1024,
    depth: 24,
    heads: 16,
  } as const satisfies MocoV3Config,
) as Readonly<MocoV3Config>;
