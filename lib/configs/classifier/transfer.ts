import type { ClassifierConfig } from "./config.ts";
import { byEpochs } from "./by_epochs.ts";
import { lightlyShownImages } from "./shown_images.ts";

/**
 * What all official transfers share. The sampler shows every image three times in a row, and its
 * epochs are multiples of 256 images.
 */
const common: Readonly<ClassifierConfig> = Object.freeze<ClassifierConfig>({
  ...byEpochs,
  protocol: "transfer",
  preset: "",
  batchSize: 768,

  head: "linear",

  learningRate: 3e-6,
  erasing: 0.1,
  repeats: 3,
});

function published(
  preset: string,
  values: Partial<ClassifierConfig>,
): Readonly<ClassifierConfig> {
  return Object.freeze({ ...common, ...values, preset });
}

/** The presets of transfer by name: a small one, and the published runs by backbone and data. */
export const transferPresets = Object.freeze(
  {
    tiny: published("tiny", {
      ...lightlyShownImages,
      batchSize: 32,
      epochs: 10,
      learningRate: 5e-4,
      learningRateBatch: null,
      minLearningRate: 1e-6,
      warmup: 2,
      dropPath: 0,
      decayTokens: false,
      average: null,
      repeats: 1,
      repeatRound: 1,
    }),
    vit_small_cifar10: published("vit_small_cifar10", { learningRate: 3e-6 }),
    vit_base_cifar10: published("vit_base_cifar10", { learningRate: 7.5e-6 }),
    vit_small_cifar100: published("vit_small_cifar100", {
      learningRate: 7.5e-6,
      weightDecay: 0.02,
      weightDecayEnd: 0.02,
    }),
    vit_base_cifar100: published("vit_base_cifar100", { learningRate: 7.5e-6 }),
    vit_small_inat18: published("vit_small_inat18", { learningRate: 3e-5, epochs: 360 }),
    vit_base_inat18: published("vit_base_inat18", { learningRate: 1.5e-5, epochs: 360 }),
    vit_small_inat19: published("vit_small_inat19", { learningRate: 7.5e-5, epochs: 360 }),
    vit_base_inat19: published("vit_base_inat19", { learningRate: 3e-5, epochs: 360 }),
    vit_small_flowers: published("vit_small_flowers", { learningRate: 7.5e-5 }),
    vit_base_flowers: published("vit_base_flowers", { learningRate: 7.5e-5 }),
    vit_small_cars: published("vit_small_cars", { learningRate: 1.5e-4 }),
    vit_base_cars: published("vit_base_cars", { learningRate: 1.5e-4, dropPath: 0.3 }),
  } as const satisfies Record<string, Readonly<ClassifierConfig>>,
);
