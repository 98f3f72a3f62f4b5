import type { Filter, Image } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";
import type { JitterStrength } from "./color_jitter.ts";
import {
  changePhotometrically,
  drawPhotometricChange,
  type PhotometricChange,
} from "./photometric_change.ts";
import type { RandAugmentOptions } from "./rand_augment.ts";
import { randomResizedCrop } from "./random_resized_crop.ts";

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

/**
 * Random resized crop, flip, color jitter, grayscale, blur and solarization, in the order of Mugs
 * and DINO.
 */
export function weakView(image: Image, options: ViewOptions, random: Random): Image {
  const { change, ...view } = unchangedView(image, options, random);
  changePhotometrically(view, change);
  return view;
}

/** The same view before its bytes are changed, and the change that follows: equal draws. */
export function unchangedView(
  image: Image,
  options: ViewOptions,
  random: Random,
): Image & { change: PhotometricChange } {
  const mirror = random.chance(options.flip);
  const view = randomResizedCrop(image, { ...options, mirror }, random);
  return { ...view, change: drawPhotometricChange(options, random) };
}
