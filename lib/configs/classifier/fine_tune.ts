import type { ClassifierConfig } from "./config.ts";
import { lightlyShownImages, shownImages } from "./shown_images.ts";

/**
 * The official fine-tuning of a ViT-S, `vit_small_800ep`: 82.6 % on ImageNet-1K. The learning rate
 * is not scaled by the batch.
 */
const vitSmall: Readonly<ClassifierConfig> = Object.freeze<ClassifierConfig>({
  protocol: "fine-tune",
  preset: "vit_small_800ep",
  batchSize: 1024,
  epochs: 200,
  steps: null,
  seed: 0,
  precision: "auto",

  head: "linear",
  headHidden: 2048,
  headScale: 0.001,
  dropPath: 0.1,
  resizePositions: true,
  scaleBlocks: true,

  learningRate: 0.0012,
  learningRateBatch: null,
  minLearningRate: 1e-6,
  warmup: 20,
  warmupRate: 0,
  rateChanges: "step",
  weightDecay: 0.05,
  weightDecayEnd: 0.05,
  decayTokens: false,
  layerDecay: 0.55,
  clipGradient: 0,
  average: null,

  ...shownImages,
  evalFilter: "bilinear",
});

/** The presets of fine-tuning by name: a small one, and those of the published runs. */
export const fineTunePresets = Object.freeze(
  {
    tiny: Object.freeze({
      ...vitSmall,
      ...lightlyShownImages,
      preset: "tiny",
      batchSize: 32,
      epochs: 5,
      warmup: 0.5,
      learningRate: 0.002,
      layerDecay: 0.75,
      headScale: 1,
      dropPath: 0,
      evalFilter: "bilinear",
    }),
    vit_small_800ep: vitSmall,
    vit_base_400ep: Object.freeze({
      ...vitSmall,
      preset: "vit_base_400ep",
      epochs: 100,
      dropPath: 0.2,
    }),
    vit_large_250ep: Object.freeze({
      ...vitSmall,
      preset: "vit_large_250ep",
      epochs: 50,
      warmup: 5,
      batchSize: 512,
      learningRate: 0.0008,
      layerDecay: 0.75,
      dropPath: 0.3,
    }),
  } as const satisfies Record<string, Readonly<ClassifierConfig>>,
);
