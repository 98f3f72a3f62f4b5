import type { Image } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";
import { flip } from "./flip.ts";
import { randAugment } from "./rand_augment.ts";
import { randomErased } from "./random_erasing.ts";
import { randomResizedCrop } from "./random_resized_crop.ts";
import type { StrongViewOptions, View } from "./strong_view.ts";

/** A strongly augmented view whose crop comes first. */
export type CroppedViewOptions = StrongViewOptions & {
  /**
   * Pixels of black that are added to each side of an image that has the size of the view already:
   * then a square of that size is cut out at random, and nothing is resized.
   */
  padding?: number;
};

/**
 * A random resized crop, flip and RandAugment of it, and a part that is erased, in the order of
 * timm; without RandAugment at magnitude 0.
 *
 * Source: timm's `create_transform` with `auto_augment`, which replaces color jitter.
 */
export function croppedView(image: Image, options: CroppedViewOptions, random: Random): View {
  const { size, padding = 0 } = options;
  const pads = padding > 0 && image.width === size && image.height === size;
  const crop = pads
    ? paddedCrop(image, padding, random)
    : randomResizedCrop(image, options, random);
  if (random.chance(options.flip)) flip(crop);
  const view: View = options.magnitude > 0 ? randAugment(crop, options, random) : crop;
  const erased = random.chance(options.erasing) ? randomErased(view, random) : null;
  return erased ? { ...view, erased } : view;
}

/**
 * An image moved by up to `padding` pixels in each direction; what comes into it is black.
 *
 * Source: torchvision's `RandomCrop` with padding, as for CIFAR.
 */
export function paddedCrop({ width, height, data }: Image, padding: number, random: Random): Image {
  const top = random.integer(2 * padding + 1) - padding;
  const left = random.integer(2 * padding + 1) - padding;
  const moved = new Uint8Array(data.length);
  const columns = width - Math.abs(left);
  for (let y = Math.max(0, -top); y < Math.min(height, height - top); y++) {
    const from = ((y + top) * width + Math.max(0, left)) * 3;
    moved.set(data.subarray(from, from + 3 * columns), (y * width + Math.max(0, -left)) * 3);
  }
  return { width, height, data: moved };
}
