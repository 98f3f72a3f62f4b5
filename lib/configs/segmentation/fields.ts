import { choice, type Fields, flag, integer, number, numbers, orNone, share } from "../field.ts";
import type {
  SegmentationConfig,
  SegmentationImageConfig,
  SegmentationNetworkConfig,
  SegmentationOptimConfig,
  SegmentationRunConfig,
} from "./config.ts";

const runFields: Fields<SegmentationRunConfig> = {
  protocol: { kind: "fixed", about: "Name of the protocol" },
  preset: { kind: "fixed", about: "Name of the recipe" },
  batchSize: integer(1, 65536, "Images of a step"),
  epochs: number(0.01, 100000, "Passes over the images"),
  steps: orNone(integer(1, 1e9, "Steps of the whole run, instead of epochs")),
  seed: integer(0, 2 ** 31 - 1, "Seed of all random numbers"),
  precision: choice(["auto", "float32", "tf32", "bfloat16"], "Precision of matrix products"),
};

const networkFields: Fields<SegmentationNetworkConfig> = {
  head: choice(["linear", "upernet"], "What tells classes from the maps of the backbone"),
  readBlocks: choice(["last", "four"], "Blocks that the linear head reads; UPerNet reads four"),
  finalNorm: flag("Apply the final norm to each block that is read"),
  frozen: flag("Leave the backbone as it is"),
  channels: integer(1, 65536, "Channels of the maps of UPerNet"),
  auxiliaryChannels: integer(1, 65536, "Channels of the map of the auxiliary head"),
  auxiliaryWeight: number(0, 100, "What the loss of the auxiliary head is multiplied with"),
  dropout: number(0, 0.9, "Probability that a channel is dropped before places are classified"),
  dropPath: number(0, 0.9, "Probability that the last block is skipped"),
};

const optimFields: Fields<SegmentationOptimConfig> = {
  learningRate: number(0, 100, "Learning rate, which then falls"),
  minLearningRate: number(0, 100, "Learning rate toward which it falls"),
  power: number(0, 10, "Exponent of its fall; 1 is a straight line"),
  warmupSteps: integer(0, 1e9, "Steps of warm-up"),
  warmupShare: share("Share of the learning rate with which the warm-up begins"),
  weightDecay: number(0, 10, "Weight decay"),
  layerDecay: number(0.01, 1, "Learning rate of a block, in those of the block above it"),
  lossDivisor: choice(["all", "labeled"], "Pixels over which the loss is a mean"),
};

const imageFields: Fields<SegmentationImageConfig> = {
  crop: orNone(
    integer(8, 4096, "Pixels of the square that the network sees; none: as pre-trained"),
  ),
  scale: numbers(2, [0.01, 100], "Shorter side of an image in those of the crop, from,to"),
  largestShare: share("Largest share of a class in a crop; 1 for any"),
  flip: share("Probability of a mirror image"),
  photometric: flag("Change brightness, contrast, saturation and hue"),
  scoring: choice(["slide", "whole"], "Score images by a window that slides, or as a whole"),
  stride: orNone(integer(1, 4096, "Pixels from a window to the next; none: 2/3 of the crop")),
};

/** Every field of training for segmentation, in the order in which `--help` shows them. */
export const segmentationFields: Fields<SegmentationConfig> = {
  ...runFields,
  ...networkFields,
  ...optimFields,
  ...imageFields,
};
