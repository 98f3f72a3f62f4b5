import {
  choice,
  type Fields,
  integer,
  integers,
  list,
  number,
  numbers,
  orNone,
  share,
} from "../field.ts";
import type {
  DetectionBoxConfig,
  DetectionConfig,
  DetectionImageConfig,
  DetectionNetworkConfig,
  DetectionOptimConfig,
  DetectionRunConfig,
} from "./config.ts";

const runFields: Fields<DetectionRunConfig> = {
  protocol: { kind: "fixed", about: "Name of the protocol" },
  preset: { kind: "fixed", about: "Name of the recipe" },
  batchSize: integer(1, 65536, "Images of a step"),
  epochs: number(0.01, 100000, "Passes over the images"),
  steps: orNone(integer(1, 1e9, "Steps of the whole run, instead of epochs")),
  seed: integer(0, 2 ** 31 - 1, "Seed of all random numbers"),
  precision: choice(["auto", "float32", "tf32", "bfloat16"], "Precision of matrix products"),
};

const networkFields: Fields<DetectionNetworkConfig> = {
  positions: numbers(
    2,
    [0, 8192],
    "Height,width in pixels for which positions are resized once; 0,0: as pre-trained",
  ),
  mapWidth: integer(1, 65536, "Channels of the maps of the pyramid"),
  headWidth: integer(1, 65536, "Width of the hidden layer that judges boxes"),
  dropPath: number(0, 0.9, "Probability that the last block is skipped"),
  anchorScale: number(0.1, 100, "Side of a square anchor in strides of its map"),
  finest: number(1, 4096, "Half the side in pixels from which on boxes are seen on coarser maps"),
};

const boxFields: Fields<DetectionBoxConfig> = {
  anchorsLearned: integer(1, 1e6, "Anchors of an image that are learned from"),
  boxesLearned: integer(4, 1e6, "Boxes of an image that each stage learns from"),
  proposals: integer(1, 1e6, "Boxes that are proposed in training"),
  scoredProposals: integer(1, 1e6, "Boxes that are proposed in scoring"),
  detections: integer(1, 1e4, "Objects that are found in an image, at most"),
  scoreThreshold: share("Score above which an object counts"),
};

const optimFields: Fields<DetectionOptimConfig> = {
  learningRate: number(0, 100, "Learning rate at first"),
  fallAfter: list(0.01, 100000, "Epochs after which it falls, separated by commas"),
  fallFactor: share("What it is multiplied with then"),
  warmupSteps: integer(0, 1e9, "Steps of warm-up"),
  warmupShare: share("Share of the learning rate with which the warm-up begins"),
  weightDecay: number(0, 10, "Weight decay"),
  layerDecay: number(0.01, 1, "Learning rate of a block, in those of the block above it"),
};

const imageFields: Fields<DetectionImageConfig> = {
  shortSides: integers(16, 8192, "Shorter sides of an image in pixels, of which one is drawn"),
  longSide: integer(16, 8192, "Longer side at most"),
  flip: share("Probability of a mirror image"),
  cropShare: share("Probability of a crop, which shows objects larger"),
  cropShortSides: integers(16, 8192, "Shorter sides before the crop, of which one is drawn"),
  cropSides: numbers(2, [1, 8192], "Least,greatest side of the crop in pixels"),
  scoredSide: integer(16, 8192, "Shorter side of an image that is scored"),
  padMultiple: integer(32, 4096, "Pixels to whose multiple a batch is filled up; a multiple of 32"),
};

/** Every field of training for detection, in the order in which `--help` shows them. */
export const detectionFields: Fields<DetectionConfig> = {
  ...runFields,
  ...networkFields,
  ...boxFields,
  ...optimFields,
  ...imageFields,
};
