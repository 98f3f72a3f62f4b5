import type { Mask } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";

/** The upper left corner of a crop. */
export type Corner = { top: number; left: number };

/** Draws corners of a square crop without end; in an image smaller than it there is one. */
export function* drawCorners(
  { width, height }: Pick<Mask, "width" | "height">,
  side: number,
  random: Random,
): Generator<Corner, never, void> {
  const margin = (length: number) => Math.max(0, length - side) + 1;
  while (true) yield { top: random.integer(margin(height)), left: random.integer(margin(width)) };
}

/** What a crop has to show. */
export type CropRule = {
  side: number;
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
  { side, largestShare, redraws = 10 }: CropRule,
): Corner {
  let last: Corner = { top: 0, left: 0 };
  let drawn = 0;
  for (last of corners) {
    if (largestShare >= 1 || drawn++ === redraws) return last;
    if (isVaried(mask, { ...last, side }, largestShare)) return last;
  }
  return last;
}

/** Whether a crop shows more than one class, and none on as large a share of its pixels. */
function isVaried(
  { width, height, data }: Mask,
  { top, left, side }: Corner & { side: number },
  largestShare: number,
): boolean {
  const counts = new Uint32Array(256);
  for (let y = top; y < Math.min(height, top + side); y++) {
    for (let x = left; x < Math.min(width, left + side); x++) counts[data[y * width + x]!]!++;
  }
  const labeled = counts.subarray(0, 255).filter(Boolean);
  const sum = labeled.reduce((sum, count) => sum + count, 0);
  return labeled.length > 1 && Math.max(...labeled) / sum < largestShare;
}
