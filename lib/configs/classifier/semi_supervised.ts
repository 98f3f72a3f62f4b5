import type { ClassifierConfig } from "./config.ts";
import { byEpochs } from "./by_epochs.ts";
import { lightlyShownImages } from "./shown_images.ts";

/**
 * The official fine-tuning of a ViT-S on 1 % of the labels of ImageNet-1K: 66.8 %. The minimum of
 * the learning rate lies above its base, so that it rises.
 */
const onePercent: Readonly<ClassifierConfig> = Object.freeze<ClassifierConfig>({
  ...byEpochs,
  protocol: "semi-supervised",
  preset: "vit_small_1percent",
  batchSize: 512,

  head: "mlp",

  learningRate: 5e-6,
});

/** The presets of semi-supervised fine-tuning by name: a small one, and the published runs. */
export const semiSupervisedPresets = Object.freeze(
  {
    tiny: Object.freeze({
      ...onePercent,
      ...lightlyShownImages,
      preset: "tiny",
      batchSize: 16,
      epochs: 40,
      headHidden: 256,
      learningRate: 5e-4,
      learningRateBatch: null,
      minLearningRate: 1e-6,
      dropPath: 0,
      decayTokens: false,
      average: null,
    }),
    vit_small_1percent: onePercent,
    vit_small_10percent: Object.freeze({
      ...onePercent,
      preset: "vit_small_10percent",
      batchSize: 1024,
    }),
  } as const satisfies Record<string, Readonly<ClassifierConfig>>,
);
