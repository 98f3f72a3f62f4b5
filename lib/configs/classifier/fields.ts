import { choice, type Fields, flag, integer, number, numbers, orNone, share } from "../field.ts";
import type {
  ClassifierConfig,
  ClassifierImageConfig,
  ClassifierNetworkConfig,
  ClassifierOptimConfig,
  ClassifierRunConfig,
} from "./config.ts";

const runFields: Fields<ClassifierRunConfig> = {
  protocol: { kind: "fixed", about: "Name of the protocol" },
  preset: { kind: "fixed", about: "Name of the recipe" },
  batchSize: integer(2, 65536, "Images of a step"),
  epochs: number(0.01, 100000, "Passes over the images"),
  steps: orNone(integer(1, 1e9, "Steps of the whole run, instead of epochs")),
  seed: integer(0, 2 ** 31 - 1, "Seed of all random numbers"),
  precision: choice(["auto", "float32", "tf32", "bfloat16"], "Precision of matrix products"),
};

const networkFields: Fields<ClassifierNetworkConfig> = {
  head: choice(["linear", "mlp"], "Layers of the head: one, or two with GELU between them"),
  headHidden: integer(8, 65536, "Hidden width of the head mlp"),
  headScale: number(0, 100, "What the last layer of a new head is multiplied with"),
  dropPath: number(0, 0.9, "Probability that the last block is skipped"),
  resizePositions: flag("Resize the positions once, and learn them for the new grid"),
  scaleBlocks: flag("Scale the blocks of a backbone that begins at random"),
};

const optimFields: Fields<ClassifierOptimConfig> = {
  learningRate: number(0, 100, "Learning rate after the warm-up"),
  learningRateBatch: orNone(integer(1, 1 << 20, "Batch for which the learning rate is meant")),
  minLearningRate: number(0, 100, "Learning rate at the end; it may lie above the other"),
  warmup: number(0, 100000, "Epochs of warm-up"),
  warmupRate: number(0, 100, "Learning rate at the start"),
  rateChanges: choice(["step", "epoch"], "When the learning rate changes"),
  weightDecay: number(0, 10, "Weight decay at the start"),
  weightDecayEnd: number(0, 10, "Weight decay at the end"),
  decayTokens: flag("Let class token and positions decay, too"),
  layerDecay: number(0.01, 1, "Learning rate of a block, in those of the block above it"),
  clipGradient: number(0, 1e6, "Greatest norm of the whole gradient; 0 for no limit"),
  average: orNone(share("Momentum of the moving average that is saved beside the weights")),
};

const imageFields: Fields<ClassifierImageConfig> = {
  imageSize: orNone(
    integer(8, 1024, "Pixels of the square that the network sees; none: as pre-trained"),
  ),
  cropScale: numbers(2, [0.001, 1], "Part of the image in a crop, from,to"),
  flip: share("Probability of a mirror image"),
  randAugment: numbers(2, [0, 10], "Magnitude of RandAugment and its deviation; 0,0 for none"),
  erasing: share("Probability that a part of an image is erased"),
  mixup: number(0, 100, "Parameter of mixup; 0 for none"),
  cutmix: number(0, 100, "Parameter of cutmix; 0 for none"),
  switchProbability: share("Probability of cutmix, where both are there"),
  smoothing: share("Label smoothing"),
  repeats: integer(1, 64, "How often an image is shown in a row, each time augmented anew"),
  repeatRound: integer(1, 65536, "Images of an epoch with repeats are a multiple of this number"),
  evalFilter: choice(["bilinear", "bicubic"], "How pixels are interpolated in scoring"),
  evalCrop: choice(["center", "whole"], "What is seen of an image when it is scored"),
  exif: flag("Turn images as their EXIF orientation says"),
};

/** Every field of the training of a classifier, in the order in which `--help` shows them. */
export const classifierFields: Fields<ClassifierConfig> = {
  ...runFields,
  ...networkFields,
  ...optimFields,
  ...imageFields,
};
