import { type Image, type Mask, type Region, resizeLinear, resizeMask } from "../images/mod.ts";
import { flip } from "./flip.ts";

/** An image with the label of each of its pixels. */
export type LabeledImage = { image: Image; mask: Mask };

/** Width and height in pixels. */
export type PixelSize = { width: number; height: number };

/**
 * The size of an image that fits into a frame, its longer side along the longer one, whatever its
 * aspect: mmcv's `rescale_size`.
 */
export function fittingSize(
  { width, height }: PixelSize,
  [long, short]: readonly [long: number, short: number],
): PixelSize {
  const factor = Math.min(long / Math.max(width, height), short / Math.min(width, height));
  return { width: Math.trunc(width * factor + 0.5), height: Math.trunc(height * factor + 0.5) };
}

/** Resizes an image as OpenCV does, and its labels by the nearest ones. */
export function resizeLabeled({ image, mask }: LabeledImage, size: PixelSize): LabeledImage {
  const { width, height } = size;
  return {
    image: resizeLinear(image, width, height),
    mask: resizeMask(mask, size, { nearest: "corner" }),
  };
}

/** A rectangle cut out of an image and its labels; smaller where it reaches beyond them. */
export function cropLabeled({ image, mask }: LabeledImage, region: Region): LabeledImage {
  const { top, left } = region;
  const width = Math.min(region.width, image.width - left);
  const height = Math.min(region.height, image.height - top);
  const rows = (data: Uint8Array, channels: number) => {
    const cut = new Uint8Array(width * height * channels);
    for (let y = 0; y < height; y++) {
      const start = ((top + y) * image.width + left) * channels;
      cut.set(data.subarray(start, start + width * channels), y * width * channels);
    }
    return cut;
  };
  return {
    image: { width, height, data: rows(image.data, 3) },
    mask: { width, height, data: rows(mask.data, 1) },
  };
}

/** The mirror image, with its labels. */
export function flipLabeled({ image, mask }: LabeledImage): LabeledImage {
  const mirrored = { ...image, data: Uint8Array.from(image.data) };
  flip(mirrored);
  const { width, height } = mask;
  const data = new Uint8Array(mask.data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      data[y * width + x] = mask.data[(y + 1) * width - 1 - x]!;
    }
  }
  return { image: mirrored, mask: { width, height, data } };
}

/** What stands where an image is extended. */
export type PadOptions = {
  /** By default black. */
  color?: readonly [red: number, green: number, blue: number];
  /** By default 255, which is not learned from. */
  label?: number;
};

/** Extends an image and its labels to the right and below to at least this size. */
export function padLabeled(
  { image, mask }: LabeledImage,
  size: PixelSize,
  { color = [0, 0, 0], label = 255 }: PadOptions = {},
): LabeledImage {
  const width = Math.max(size.width, image.width), height = Math.max(size.height, image.height);
  if (width === image.width && height === image.height) return { image, mask };
  const data = new Uint8Array(width * height * 3), labels = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) data[i] = color[i % 3]!;
  labels.fill(label);
  for (let y = 0; y < image.height; y++) {
    const row = y * image.width;
    data.set(image.data.subarray(row * 3, (row + image.width) * 3), y * width * 3);
    labels.set(mask.data.subarray(row, row + image.width), y * width);
  }
  return { image: { width, height, data }, mask: { width, height, data: labels } };
}
