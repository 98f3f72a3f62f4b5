import type { OptimConfig } from "../optim/mod.ts";
import type { CropsConfig } from "../transforms/mod.ts";
import type {
  BackboneConfig,
  EvalConfig,
  ReadConfig,
  RunConfig,
  TeacherConfig,
  TemperatureConfig,
  WarmupConfig,
} from "./config.ts";
import {
  choice,
  type Fields,
  flag,
  integer,
  number,
  numbers,
  orNone,
  share,
  span,
} from "./field.ts";

/** Fields of a run as a whole. */
export const runFields: Fields<RunConfig> = {
  method: { kind: "fixed", about: "Name of the method" },
  preset: { kind: "fixed", about: "Name of the recipe" },
  arch: choice(
    ["custom", "vit_tiny", "vit_small", "vit_base", "vit_large"],
    "Architecture; it sets width, depth and heads, unless custom",
  ),
  batchSize: integer(2, 65536, "Images of a step"),
  epochs: number(0.01, 100000, "Passes over the images"),
  steps: orNone(integer(1, 1e9, "Steps of the whole run, instead of epochs")),
  seed: integer(0, 2 ** 31 - 1, "Seed of all random numbers"),
  precision: choice(["auto", "float32", "tf32", "bfloat16"], "Precision of matrix products"),
};

/** Fields of a backbone. */
export const backboneFields: Fields<BackboneConfig> = {
  imageSize: integer(8, 1024, "Pixels of the square for which the positions are made"),
  patchSize: integer(2, 64, "Pixels of a patch's side"),
  width: integer(8, 4096, "Token width"),
  depth: integer(1, 64, "Number of blocks"),
  heads: integer(1, 64, "Attention heads; they divide the width"),
  mlpRatio: number(0.5, 8, "Hidden width of a block's MLP, in token widths"),
  dropPath: number(0, 0.9, "Probability that the last block is skipped"),
  relationBlocks: integer(1, 4, "Blocks over an image and its neighbors"),
  resnet: { kind: "fixed", about: "Sizes of a residual network, which the architecture sets" },
};

/** Fields of the views of an image. */
export const cropsFields: Fields<CropsConfig> = {
  globalSize: integer(8, 1024, "Pixels of a large crop's side"),
  globalScale: numbers(2, [0.001, 1], "Part of the image in a large crop, from,to"),
  localSize: integer(4, 1024, "Pixels of a small crop's side"),
  localScale: numbers(2, [0.001, 1], "Part of the image in a small crop, from,to"),
  localCrops: integer(0, 32, "Small crops of an image"),
  sharedCrops: flag("Give the student the teacher's large crops"),
  flip: share("Probability of a mirror image"),
  jitter: share("Probability of a change of color"),
  jitterStrength: numbers(4, [0, 1], "Brightness, contrast, saturation, hue (at most 0.5)"),
  grayscale: share("Probability of gray"),
  blur: share("Probability of blur of a small crop"),
  globalBlur: numbers(2, [0, 1], "Probabilities of blur of the two large crops"),
  solarize: share("Probability of solarization of the second large crop"),
  strongShare: share("Probability of strong augmentation of the student's crops"),
  randAugment: numbers(2, [0, 10], "Magnitude and its deviation in strong augmentation"),
  erasing: share("Probability that a part of a strong crop is erased"),
  erasingNoise: choice(
    ["input", "pixels"],
    "What is noise there: the network's input, or the pixels",
  ),
};

/** Fields of the optimizer and its schedules. */
export const optimFields: Fields<OptimConfig> = {
  optimizer: choice(
    ["adamw", "sgd", "lars", "lars_simclr", "larc"],
    "Optimizer of the student",
  ),
  adamBetas: numbers(2, [0, 0.99999], "Decays of AdamW's two averages"),
  adamEpsilon: number(0, 1, "What keeps AdamW from dividing by 0"),
  learningRate: number(0, 100, "Learning rate after the warm-up"),
  learningRateBatch: orNone(integer(1, 1 << 20, "Batch for which the learning rate is meant")),
  minLearningRate: number(0, 100, "Learning rate at the end"),
  warmup: span("Warm-up of the learning rate"),
  weightDecay: number(0, 10, "Weight decay at the start"),
  weightDecayEnd: number(0, 10, "Weight decay at the end"),
  patchEmbedRate: number(0, 10, "Rate of the patch embedding, in learning rates"),
  clipGradient: number(0, 1e6, "Greatest norm of a tensor's gradient; 0 for no limit"),
  tightenClip: {
    kind: "span",
    orNone: true,
    about: "When that norm becomes a tenth; none: never",
  },
  freezeLastLayer: span("How long the prototypes stay as they are"),
};

/** Fields of a warm-up that does not begin at 0. */
export const warmupFields: Fields<WarmupConfig> = {
  warmupRate: number(0, 100, "Learning rate at the start of the warm-up"),
};

/** Fields of a teacher that follows its student. */
export const teacherFields: Fields<TeacherConfig> = {
  teacherMomentum: share("Momentum of the teacher at the start; 1 at the end"),
};

/** Fields of the temperature of its assignments. */
export const temperatureFields: Fields<TemperatureConfig> = {
  teacherTemperature: number(0.005, 10, "Temperature of the teacher after its warm-up"),
  warmupTeacherTemperature: number(0.005, 10, "Temperature of the teacher at the start"),
  teacherTemperatureWarmup: span("Warm-up of the teacher's temperature"),
};

/** Fields of reading images. */
export const readFields: Fields<ReadConfig> = {
  exif: flag("Turn images as their EXIF orientation says"),
};

/** Fields of scoring. */
export const evalFields: Fields<EvalConfig> = {
  evalCrop: choice(["center", "whole"], "What is seen of an image when it is scored"),
  evalSize: orNone(integer(8, 2048, "Pixels of the square that is scored; none: the image size")),
};
