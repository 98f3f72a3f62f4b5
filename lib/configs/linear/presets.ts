import type { LinearConfig } from "./config.ts";

/** The rates of the original's grid: 1 to 9 times 0.0001, 0.001, 0.01 and 0.1. */
export const gridRates: readonly number[] = Object.freeze(
  [-4, -3, -2, -1].flatMap((power) => Array.from({ length: 9 }, (_, i) => (i + 1) * 10 ** power)),
);

/** The weight decays of the original's whole grid, which its command does not try. */
export const gridDecays: readonly number[] = Object.freeze([0, 1e-6, 1e-5, 1e-4, 1e-3]);

/** ViT-S of 800 epochs: 4 GPUs of 256 images each; top-1 78.9 %. */
const vitSmall800: LinearConfig = {
  preset: "vit_small_800ep",
  epochs: 100,
  batchSize: 1024,
  learningRates: [0.01],
  minLearningRate: 0,
  weightDecays: [0],
  optimizers: ["sgd"],
  blocks: 4,
  patchMean: "none",
  cropScale: [0.08, 1],
  flip: 0.5,
  randAugment: [9, 0.5],
  erasing: 0.25,
};

/**
 * The recipes of the published runs, and one for small sets.
 *
 * Source: Mugs' `eval_linear.sh`. ViT-L is probed by `eval_linear_multi_classifier.py`.
 */
export const linearPresets: readonly LinearConfig[] = Object.freeze([
  {
    ...vitSmall800,
    preset: "small",
    epochs: 10,
    batchSize: 64,
    learningRates: [0.03, 0.1, 0.3, 1, 3],
    blocks: 1,
    cropScale: [0.25, 1],
  },
  {
    ...vitSmall800,
    preset: "vit_small_100ep",
    learningRates: [0.015],
    minLearningRate: 1e-5,
  },
  { ...vitSmall800, preset: "vit_small_300ep", learningRates: [0.02] },
  vitSmall800,
  {
    ...vitSmall800,
    preset: "vit_base_400ep",
    batchSize: 512,
    learningRates: [0.002],
    minLearningRate: 1e-5,
    blocks: 1,
    patchMean: "interleaved",
  },
  {
    ...vitSmall800,
    preset: "vit_large_250ep",
    learningRates: gridRates,
    minLearningRate: 1e-5,
    blocks: 1,
    patchMean: "behind",
  },
]);
