import type { Filter, Image } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";
import { colorJitter, type JitterStrength } from "./color_jitter.ts";
import { gaussianBlur } from "./gaussian_blur.ts";
import { grayscale } from "./grayscale.ts";
import type { RandAugmentOptions } from "./rand_augment.ts";
import { randomResizedCrop } from "./random_resized_crop.ts";
import { solarize } from "./solarize.ts";

/** A weakly augmented view: its size, and the probability of each operation. */
export type ViewOptions = {
  /** Side in pixels. */
  size: number;
  /** Least and greatest part of the image's area that it shows. */
  scale: readonly [number, number];
  flip: number;
  jitter: number;
  jitterStrength: JitterStrength;
  grayscale: number;
  blur: number;
  solarize: number;
  /** How pixels of the crop are interpolated; `bicubic` by default. */
  filter?: Filter;
  /** How RandAugment changes it besides, in the order of InfoMin; by default it does not. */
  randAugment?: RandAugmentOptions;
};

/** Least and greatest standard deviation of the blur, in pixels. */
export const BLUR = [0.1, 2] as const;

/**
 * Random resized crop, flip, color jitter, grayscale, blur and solarization, in the order of Mugs
 * and DINO.
 */
export function weakView(image: Image, options: ViewOptions, random: Random): Image {
  const mirror = random.chance(options.flip);
  const view = randomResizedCrop(image, { ...options, mirror }, random);
  if (random.chance(options.jitter)) colorJitter(view, options.jitterStrength, random);
  if (random.chance(options.grayscale)) grayscale(view);
  if (random.chance(options.blur)) gaussianBlur(view, random.uniform(BLUR[0], BLUR[1]));
  if (random.chance(options.solarize)) solarize(view);
  return view;
}
