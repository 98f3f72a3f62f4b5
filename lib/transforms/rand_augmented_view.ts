import type { Image } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";
import { colorJitter } from "./color_jitter.ts";
import { toFractions } from "./float_image.ts";
import { gaussianFilter } from "./gaussian_filter.ts";
import { grayscale } from "./grayscale.ts";
import { randAugment, type RandAugmentOptions } from "./rand_augment.ts";
import { randomResizedCrop } from "./random_resized_crop.ts";
import { BLUR } from "./photometric_change.ts";
import type { ViewOptions } from "./weak_view.ts";

/** A view whose colors are changed by jitter and by RandAugment. */
export type RandAugmentedViewOptions = ViewOptions & { randAugment: RandAugmentOptions };

/**
 * Random resized crop, flip, color jitter, blur, RandAugment and grayscale, in the order of
 * InfoMin, whose blur reaches 11 pixels to each side of a view of 224 and as far in others of their
 * size.
 *
 * Source: InfoMin, augmentation "D" of PyContrast's datasets/util.py.
 */
export function randAugmentedView(
  image: Image,
  options: RandAugmentedViewOptions,
  random: Random,
): Image {
  const mirror = random.chance(options.flip);
  let view: Image = randomResizedCrop(image, { ...options, mirror }, random);
  if (random.chance(options.jitter)) colorJitter(view, options.jitterStrength, random);
  if (random.chance(options.blur)) blur(view, random.uniform(...BLUR));
  view = randAugment(view, options.randAugment, random);
  if (random.chance(options.grayscale)) grayscale(view);
  return view;
}

/** Blurs bytes in place, which are cut to whole numbers as the official program does. */
function blur(image: Image, sigma: number): void {
  const radius = Math.max(1, Math.round(11 * image.width / 224));
  const fractions = toFractions(image);
  gaussianFilter(fractions, { sigma, radius, border: "reflect" });
  for (const [i, value] of fractions.data.entries()) image.data[i] = Math.floor(255 * value);
}
