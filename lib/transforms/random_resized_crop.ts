import { type Filter, type Image, type Region, resize } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";

/** The range of aspect ratios, width to height. */
export const RATIO = [3 / 4, 4 / 3] as const;

/** A square view and how it is cut out. */
export type CropOptions = {
  /** Side of the result in pixels. */
  size: number;
  /** Least and greatest part of the image's area. */
  scale: readonly [number, number];
  /** Mirrors the result left to right. */
  mirror?: boolean;
  /** How pixels are interpolated; `bicubic` by default. */
  filter?: Filter;
};

/**
 * Cuts out a region of random area, aspect ratio and place, and resizes it to a square,
 * antialiased.
 */
export function randomResizedCrop(image: Image, options: CropOptions, random: Random): Image {
  const { size, scale, mirror, filter } = options;
  const where = locate(randomRegion(original(image), scale, random), image);
  return resize(image, { width: size, height: size }, { ...where, mirror, filter });
}

/** The size of an image before it was reduced. */
export function original(image: Image): { width: number; height: number } {
  return image.original ?? image;
}

/**
 * Where a region of the original lies in an image: the whole pixels around it, and what of them it
 * is, where the image was reduced.
 */
export function locate(region: Region, image: Image): { region: Region; part?: Region } {
  if (!image.original) return { region };
  const across = image.width / image.original.width, down = image.height / image.original.height;
  const left = Math.floor(region.left * across), top = Math.floor(region.top * down);
  const right = Math.min(image.width, Math.ceil((region.left + region.width) * across));
  const bottom = Math.min(image.height, Math.ceil((region.top + region.height) * down));
  return {
    region: { left, top, width: right - left, height: bottom - top },
    part: {
      left: region.left * across - left,
      top: region.top * down - top,
      width: region.width * across,
      height: region.height * down,
    },
  };
}

/**
 * The region of a random resized crop: ten draws of an area and a log-uniform aspect ratio until
 * one fits, then the largest central region whose aspect ratio lies between 3:4 and 4:3.
 *
 * Source: torchvision's `RandomResizedCrop.get_params`.
 */
export function randomRegion(
  image: { width: number; height: number },
  scale: readonly [number, number],
  random: Random,
): Region {
  for (let i = 0; i < 10; i++) {
    const fraction = random.uniform(scale[0], scale[1]);
    const size = cropSize(image, fraction, random.uniform(Math.log(RATIO[0]), Math.log(RATIO[1])));
    if (!fits(size, image)) continue;
    return {
      top: random.integer(image.height - size.height + 1),
      left: random.integer(image.width - size.width + 1),
      ...size,
    };
  }
  return centralRegion(image);
}

/** Size of a region by its part of the image's area and the logarithm of its aspect ratio. */
export function cropSize(
  image: { width: number; height: number },
  fraction: number,
  logRatio: number,
): { width: number; height: number } {
  const area = image.width * image.height * fraction;
  const ratio = Math.exp(logRatio);
  return {
    width: Math.round(Math.sqrt(area * ratio)),
    height: Math.round(Math.sqrt(area / ratio)),
  };
}

/** Whether a region of this size fits into the image. */
export function fits(
  size: { width: number; height: number },
  image: { width: number; height: number },
): boolean {
  return size.width > 0 && size.width <= image.width && size.height > 0 &&
    size.height <= image.height;
}

/** The largest central region whose aspect ratio is allowed. */
export function centralRegion(image: { width: number; height: number }): Region {
  let { width, height } = image;
  const ratio = width / height;
  if (ratio < RATIO[0]) height = Math.round(width / RATIO[0]);
  else if (ratio > RATIO[1]) width = Math.round(height * RATIO[1]);
  return {
    top: Math.floor((image.height - height) / 2),
    left: Math.floor((image.width - width) / 2),
    width: Math.max(1, width),
    height: Math.max(1, height),
  };
}
