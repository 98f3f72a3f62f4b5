import type { Mask, Region } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";
import type { PixelSize } from "./labeled_image.ts";

/** The upper left corner of a crop. */
export type Corner = { top: number; left: number };

/** Draws corners of a crop without end; in an image smaller than it there is one. */
export function* drawCorners(
  image: PixelSize,
  crop: PixelSize,
  random: Random,
): Generator<Corner, never, void> {
  const rows = Math.max(0, image.height - crop.height) + 1;
  const columns = Math.max(0, image.width - crop.width) + 1;
  while (true) yield { top: random.integer(rows), left: random.integer(columns) };
}

/** What a crop has to show. */
export type CropRule = {
  crop: PixelSize;
  /** The share of its labeled pixels that one class may have, and below. */
  largestShare: number;
  /** Corners that are drawn at most beside the first one. */
  redraws?: number;
};

/**
 * The first of the drawn corners whose crop shows more than one class and none of them almost
 * everywhere; where none does, the last one that may be drawn (mmsegmentation's `RandomCrop`).
 */
export function chooseCorner(
  mask: Mask,
  corners: Iterable<Corner>,
  { crop, largestShare, redraws = 10 }: CropRule,
): Corner {
  let last: Corner = { top: 0, left: 0 };
  let drawn = 0;
  for (last of corners) {
    if (largestShare >= 1 || drawn++ === redraws) return last;
    if (isVaried(mask, { ...last, ...crop }, largestShare)) return last;
  }
  return last;
}

/** Whether a crop shows more than one class, and none on as large a share of its pixels. */
function isVaried({ width, height, data }: Mask, crop: Region, largestShare: number): boolean {
  const counts = new Uint32Array(256);
  const bottom = Math.min(height, crop.top + crop.height);
  const right = Math.min(width, crop.left + crop.width);
  for (let y = crop.top; y < bottom; y++) {
    for (let x = crop.left; x < right; x++) counts[data[y * width + x]!]!++;
  }
  const labeled = counts.subarray(0, 255).filter(Boolean);
  const sum = labeled.reduce((sum, count) => sum + count, 0);
  return labeled.length > 1 && Math.max(...labeled) / sum < largestShare;
}
