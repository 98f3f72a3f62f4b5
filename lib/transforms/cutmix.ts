import type { Region } from "../images/mod.ts";
import type { ImageStack } from "./mixup.ts";

/** Width and height of images in pixels. */
export type Size = { width: number; height: number };

/**
 * The region that comes from another image: `1 - share` of the area, centered on a pixel and
 * clipped to the image.
 *
 * Source: timm's `rand_bbox`.
 */
export function cutRegion(
  { width, height }: Size,
  share: number,
  center: { x: number; y: number },
): Region {
  const side = Math.sqrt(1 - share);
  const w = Math.trunc(width * side), h = Math.trunc(height * side);
  const left = Math.max(0, center.x - (w >> 1)), top = Math.max(0, center.y - (h >> 1));
  return {
    left,
    top,
    width: Math.min(width, center.x + (w + 1 >> 1)) - left,
    height: Math.min(height, center.y + (h + 1 >> 1)) - top,
  };
}

/** The share of an image that lies outside a region. */
export function shareLeft({ width, height }: Size, region: Region): number {
  return 1 - region.width * region.height / (width * height);
}

/**
 * Swaps a region of each image of a batch (channels last) with that of its counterpart, counted
 * from the other end of the batch, in place.
 *
 * Source: timm's `Mixup` in its mode `batch`; Yun et al. 2019.
 */
export function cutmix({ data, count }: ImageStack, { width, height }: Size, region: Region): void {
  const size = width * height * 3;
  for (let i = 0, j = count - 1; i < j; i++, j--) {
    for (let y = region.top; y < region.top + region.height; y++) {
      const at = (y * width + region.left) * 3, end = at + region.width * 3;
      const row = data.slice(i * size + at, i * size + end);
      data.copyWithin(i * size + at, j * size + at, j * size + end);
      data.set(row, j * size + at);
    }
  }
}
