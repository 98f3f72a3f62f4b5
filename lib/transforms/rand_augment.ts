import type { Filter, Image } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";
import type { MoveOptions } from "./affine.ts";
import { autoContrast, autoContrastOf } from "./auto_contrast.ts";
import { brightness, contrast, contrastOf, saturation } from "./color_jitter.ts";
import { equalizationOf, equalize } from "./equalize.ts";
import { invert } from "./invert.ts";
import { changed, type LazyImage, moved, neighborly, toned } from "./lazy_image.ts";
import { imagenetMean } from "./normalize_pixels.ts";
import { posterize } from "./posterize.ts";
import { rotate } from "./rotate.ts";
import { sharpness } from "./sharpness.ts";
import { shearX, shearY } from "./shear.ts";
import { solarize } from "./solarize.ts";
import { solarizeAdd } from "./solarize_add.ts";
import { translateX, translateY } from "./translate.ts";

/** What RandAugment may do to an image. */
export type Operation = {
  /** The operation's level at a magnitude from 0 to 10 and a sign of 1 or -1. */
  level(magnitude: number, sign: number): number;
  /** Changes the image in place, or returns another one. */
  apply(image: Image, level: number, options: MoveOptions): Image | void;
  /** The same for an image of which only a part is needed. */
  lazily(image: LazyImage, level: number, options: MoveOptions): LazyImage;
};

type Change = Pick<Operation, "apply" | "lazily">;

/** An operation on each pixel by itself. */
const each = (apply: (image: Image, level: number) => void): Change => ({
  apply,
  lazily: (before, level) => changed(before, (image) => apply(image, level)),
});

/** An operation on each pixel that all pixels decide. */
const tone = (
  apply: (image: Image, level: number) => void,
  changeOf: (pixels: Image, level: number) => (image: Image) => void,
): Change => ({
  apply,
  lazily: (before, level) => toned(before, (pixels) => changeOf(pixels, level)),
});

/** An operation on each pixel and its neighbors. */
const near = (apply: (image: Image, level: number) => void): Change => ({
  apply,
  lazily: (before, level) => neighborly(before, (image) => apply(image, level)),
});

/** An operation that moves pixels. */
const move = (apply: (image: Image, level: number, options: MoveOptions) => Image): Change => ({
  apply,
  lazily: (before, level, options) =>
    moved(before, (image, region) => apply(image, level, { ...options, region })),
});

type Level = Operation["level"];

const up = (most: number): Level => (magnitude) => Math.trunc(magnitude / 10 * most);
const down = (from: number, by: number): Level => (magnitude) =>
  from - Math.trunc(magnitude / 10 * by);
const bothWays = (most: number): Level => (magnitude, sign) => sign * (magnitude / 10 * most);
const aroundOne: Level = (magnitude, sign) => Math.max(0.1, 1 + sign * (magnitude / 10 * 0.9));
const toTwo: Level = (magnitude) => magnitude / 10 * 1.8 + 0.1;
const none: Level = () => 0;

/** The operations that both lists begin with. */
export type FirstName = "AutoContrast" | "Equalize" | "Invert" | "Rotate";
/** The operations that move an image, with which both lists end. */
export type MoveName = "ShearX" | "ShearY" | "TranslateXRel" | "TranslateYRel";

/** timm's names of the operations of the "increasing" list. */
export type IncreasingName =
  | FirstName
  | "PosterizeIncreasing"
  | "SolarizeIncreasing"
  | "SolarizeAdd"
  | "ColorIncreasing"
  | "ContrastIncreasing"
  | "BrightnessIncreasing"
  | "SharpnessIncreasing"
  | MoveName;

/** timm's names of the operations of the original list. */
export type OriginalName =
  | FirstName
  | "PosterizeTpu"
  | "Solarize"
  | "SolarizeAdd"
  | "Color"
  | "Contrast"
  | "Brightness"
  | "Sharpness"
  | MoveName;

/** The name of an operation in timm. */
export type OperationName = IncreasingName | OriginalName;

/** The first operations of both lists. */
const first: Record<FirstName, Operation> = {
  AutoContrast: { level: none, ...tone(autoContrast, autoContrastOf) },
  Equalize: { level: none, ...tone(equalize, equalizationOf) },
  Invert: { level: none, ...each(invert) },
  Rotate: { level: bothWays(30), ...move(rotate) },
};

/** The last operations of both lists. */
const moves: Record<MoveName, Operation> = {
  ShearX: { level: bothWays(0.3), ...move(shearX) },
  ShearY: { level: bothWays(0.3), ...move(shearY) },
  TranslateXRel: { level: bothWays(0.45), ...move(translateX) },
  TranslateYRel: { level: bothWays(0.45), ...move(translateY) },
};

const SolarizeAdd: Operation = {
  level: up(110),
  ...each((image, level) => solarizeAdd(image, level)),
};

/** The operations of the "increasing" list by name: each does more at greater magnitude. */
const increasing: Readonly<Record<IncreasingName, Operation>> = {
  ...first,
  PosterizeIncreasing: { level: down(4, 4), ...each(posterize) },
  SolarizeIncreasing: { level: down(256, 256), ...each(solarize) },
  SolarizeAdd,
  ColorIncreasing: { level: aroundOne, ...each(saturation) },
  ContrastIncreasing: { level: aroundOne, ...tone(contrast, contrastOf) },
  BrightnessIncreasing: { level: aroundOne, ...each(brightness) },
  SharpnessIncreasing: { level: aroundOne, ...near(sharpness) },
  ...moves,
};

/** The operations of the original list by name, of which some do less at greater magnitude. */
const original: Readonly<Record<OriginalName, Operation>> = {
  ...first,
  PosterizeTpu: { level: up(4), ...each(posterize) },
  Solarize: { level: up(256), ...each(solarize) },
  SolarizeAdd,
  Color: { level: toTwo, ...each(saturation) },
  Contrast: { level: toTwo, ...tone(contrast, contrastOf) },
  Brightness: { level: toTwo, ...each(brightness) },
  Sharpness: { level: toTwo, ...near(sharpness) },
  ...moves,
};

/**
 * The lists of operations: `increasing`, as in timm with `-inc1`; `original`, as without it and in
 * InfoMin's `RandAugment.py`.
 */
export const operationLists: {
  increasing: Readonly<Record<IncreasingName, Operation>>;
  original: Readonly<Record<OriginalName, Operation>>;
} = { increasing, original };

const byName: Readonly<Record<OperationName, Operation>> = { ...original, ...increasing };

const filters: readonly Filter[] = ["bilinear", "bicubic"];

/** What comes into an image from outside: ImageNet's mean color. */
const fill = imagenetMean.map((m) => Math.round(m * 255)) as [number, number, number];

/** Number of operations drawn for an image. */
const LAYERS = 2;

/** Probability that a drawn operation is carried out. */
const PROBABILITY = 0.5;

/** How strongly an image is changed. */
export type RandAugmentOptions = {
  /** The mean magnitude (of 10) and its standard deviation. */
  magnitude: number;
  deviation: number;
  /** Whether an operation may be drawn twice, as in timm; in Mugs' copy it may not. */
  repeat?: boolean;
  /** Which of the {@linkcode operationLists} is drawn from; by default the increasing one. */
  list?: keyof typeof operationLists;
  /** How pixels of moved images are interpolated; by default it is drawn for each operation. */
  filter?: Filter;
};

/** An operation drawn for an image, and how it is carried out. */
export type DrawnOperation = {
  name: OperationName;
  magnitude: number;
  sign: number;
  filter: Filter;
};

/**
 * Changes an image by at most two operations in a row, in place or into another image.
 *
 * Source: Mugs' `RandAugment.py`, which is timm's, with `rand-m9-mstd0.5-inc1` (magnitude 9,
 * deviation 0.5) and an interpolation drawn for each operation.
 */
export function randAugment(image: Image, options: RandAugmentOptions, random: Random): Image {
  for (const { name, magnitude, sign, filter } of drawOperations(options, random)) {
    const { level, apply } = byName[name];
    image = apply(image, level(magnitude, sign), { filter, fill }) ?? image;
  }
  return image;
}

/** Changes an image of which only a part is needed by operations that were drawn. */
export function lazyOperations(
  image: LazyImage,
  operations: readonly DrawnOperation[],
): LazyImage {
  for (const { name, magnitude, sign, filter } of operations) {
    const { level, lazily } = byName[name];
    image = lazily(image, level(magnitude, sign), { filter, fill });
  }
  return image;
}

/** Draws the operations for an image: none, one or two. */
export function drawOperations(
  { magnitude, deviation, repeat = false, list: kind = "increasing", filter }: RandAugmentOptions,
  random: Random,
): DrawnOperation[] {
  const list: DrawnOperation[] = [];
  const left = Object.keys(operationLists[kind]) as OperationName[];
  for (let layer = 0; layer < LAYERS; layer++) {
    const index = random.integer(left.length);
    const name = left[index]!;
    if (!repeat) left.splice(index, 1);
    if (!random.chance(PROBABILITY)) continue;
    list.push({
      name,
      magnitude: Math.max(0, Math.min(10, random.normal(magnitude, deviation))),
      sign: random.chance(0.5) ? 1 : -1,
      filter: filter ?? filters[random.integer(filters.length)]!,
    });
  }
  return list;
}
