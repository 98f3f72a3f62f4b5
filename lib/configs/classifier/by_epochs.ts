import type { ClassifierConfig } from "./config.ts";
import { shownImages } from "./shown_images.ts";

/**
 * What the official semi-supervised fine-tuning and transfer have in common: rates that change from
 * epoch to epoch, with a minimum above the base, and a moving average of the network.
 */
export const byEpochs = {
  epochs: 1000,
  steps: null,
  seed: 0,
  precision: "auto",

  headHidden: 2048,
  headScale: 1,
  dropPath: 0.1,
  resizePositions: false,
  scaleBlocks: false,

  learningRateBatch: 512,
  minLearningRate: 1e-5,
  warmup: 5,
  warmupRate: 1e-6,
  rateChanges: "epoch",
  weightDecay: 0.05,
  weightDecayEnd: 0.05,
  decayTokens: true,
  layerDecay: 1,
  clipGradient: 0,
  average: 0.99996,

  ...shownImages,
} as const satisfies Partial<ClassifierConfig>;
