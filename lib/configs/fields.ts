import type { Config } from "./config.ts";

/** What a field may hold, and what it means: enough to read it from text and to refuse what makes no sense. */
export type Field =
  & { about: string }
  & (
    | { kind: "integer" | "number"; min: number; max: number; orNone?: boolean }
    | { kind: "numbers"; count: number; min: number; max: number }
    | { kind: "span"; orNone?: boolean }
    | { kind: "switch" }
    | { kind: "choice"; choices: readonly string[] }
    | { kind: "fixed" }
  );

const integer = (min: number, max: number, about: string): Field => ({
  kind: "integer",
  min,
  max,
  about,
});
const number = (min: number, max: number, about: string): Field => ({
  kind: "number",
  min,
  max,
  about,
});
const orNone = (field: Field): Field => ({ ...field, orNone: true }) as Field;
const share = (about: string) => number(0, 1, about);
const numbers = (count: number, min: number, max: number, about: string): Field => ({
  kind: "numbers",
  count,
  min,
  max,
  about,
});
const span = (about: string): Field => ({ kind: "span", about });
const flag = (about: string): Field => ({ kind: "switch", about });
const choice = (choices: readonly string[], about: string): Field => ({
  kind: "choice",
  choices,
  about,
});

/** Every field of the configuration, in the order in which `--help` shows them. */
export const fields: { readonly [name in keyof Required<Config>]: Field } = {
  preset: { kind: "fixed", about: "Name of the recipe" },
  arch: choice(
    ["custom", "vit_tiny", "vit_small", "vit_base", "vit_large"],
    "Sets width, depth and heads, unless custom",
  ),
  batchSize: integer(2, 65536, "Images a step"),
  epochs: number(0.01, 100000, "Passes over the images"),
  steps: orNone(integer(1, 1e9, "Steps of the whole run, instead of epochs")),
  seed: integer(0, 2 ** 31 - 1, "Of all random numbers"),
  precision: choice(["auto", "float32", "bfloat16"], "Of matrix products"),

  imageSize: integer(8, 1024, "Pixels of the square for which the positions are made"),
  patchSize: integer(2, 64, "Pixels of a patch's side"),
  width: integer(8, 4096, "Of a token"),
  depth: integer(1, 64, "Blocks"),
  heads: integer(1, 64, "Of attention; they divide the width"),
  mlpRatio: number(0.5, 8, "Hidden width of a block's MLP, in widths"),
  dropPath: number(0, 0.9, "Probability with which the last block is skipped"),
  relationBlocks: integer(1, 4, "Blocks over an image and its neighbors"),

  headHidden: integer(8, 16384, "Hidden width of the projectors"),
  predictorHidden: integer(8, 16384, "Hidden width of the predictors"),
  headOut: integer(2, 8192, "Width of the instance embeddings"),
  localGroupOut: orNone(integer(2, 8192, "Width of the local-group embeddings; none: the same")),
  bottleneck: integer(2, 8192, "Width before the prototypes"),
  prototypes: integer(2, 262144, "Of the group loss"),
  batchNormInHead: flag("Batch normalisation in the projectors"),
  normBeforePredictor: flag("Normalise before the predictor"),
  normLastLayer: flag("Keep the prototypes at unit length"),

  instanceQueue: integer(1, 1 << 20, "Negatives of the instance loss"),
  localGroupQueue: integer(1, 1 << 20, "Negatives of the local-group loss"),
  memory: integer(1, 1 << 20, "Images among which neighbors are sought"),
  neighbors: integer(1, 256, "Of an image in the local-group loss"),
  instanceTemperature: number(0.01, 10, "Of the instance loss"),
  localGroupTemperature: number(0.01, 10, "Of the local-group loss"),
  studentTemperature: number(0.01, 10, "Of the student in the group loss"),
  centerMomentum: share("Of the teacher's center"),
  lossWeights: numbers(3, 0, 100, "Of the instance, local-group and group loss"),
  lossSum: choice(["weighted", "reference"], "reference: unweighted, as the official code"),
  memoryPointer: choice(["fixed", "reference"], "reference: twice a step, as the official code"),

  globalSize: integer(8, 1024, "Pixels of a large crop"),
  globalScale: numbers(2, 0.001, 1, "Part of the image in a large crop, from,to"),
  localSize: integer(4, 1024, "Pixels of a small crop"),
  localScale: numbers(2, 0.001, 1, "Part of the image in a small crop, from,to"),
  localCrops: integer(0, 32, "Small crops an image"),
  sharedCrops: flag("The student gets the teacher's large crops"),
  flip: share("Probability of a mirror image"),
  jitter: share("Probability of a change of colour"),
  jitterStrength: numbers(4, 0, 1, "Brightness, contrast, saturation, hue (at most 0.5)"),
  grayscale: share("Probability of gray"),
  blur: share("Probability of blur of a small crop"),
  globalBlur: numbers(2, 0, 1, "Probabilities of blur of the two large crops"),
  solarize: share("Probability of solarization of the second large crop"),
  strongShare: share("Probability of strong augmentation of the student's crops"),
  randAugment: numbers(2, 0, 10, "Magnitude and its deviation in strong augmentation"),
  erasing: share("Probability that a part of a strong crop is erased"),
  erasingNoise: choice(
    ["input", "pixels"],
    "What is noise there: the network's input, or the pixels",
  ),

  optimizer: choice(["adamw", "sgd", "lars"], "Of the student"),
  adamBetas: numbers(2, 0, 0.99999, "Of AdamW's two averages"),
  adamEpsilon: number(0, 1, "Of AdamW"),
  learningRate: number(0, 100, "After the warm-up"),
  learningRateBatch: orNone(integer(1, 1 << 20, "Batch for which the learning rate is meant")),
  minLearningRate: number(0, 100, "At the end"),
  warmup: span("Of the learning rate"),
  weightDecay: number(0, 10, "At the start"),
  weightDecayEnd: number(0, 10, "At the end"),
  patchEmbedRate: number(0, 10, "Of the patch embedding, in learning rates"),
  clipGradient: number(0, 1e6, "Greatest norm of a tensor's gradient; 0 for any"),
  tightenClip: orNone(span("From here on that norm is a tenth; none: never")),
  freezeLastLayer: span("Prototypes stay as they are for so long"),
  teacherMomentum: share("At the start; 1 at the end"),
  teacherTemperature: number(0.005, 10, "After its warm-up"),
  warmupTeacherTemperature: number(0.005, 10, "At the start"),
  teacherTemperatureWarmup: span("Of the teacher's temperature"),

  exif: flag("Turn images as their EXIF orientation says"),

  evalCrop: choice(["center", "whole"], "What is seen of an image when it is scored"),
  evalSize: orNone(integer(8, 2048, "Pixels of the square that is scored; none: the image size")),
};
