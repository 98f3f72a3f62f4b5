import { boxCount, type Boxes, cornersOf } from "./boxes.ts";

/** Options of {@linkcode roiLevels}. */
export type RoiLevelOptions = {
  /** Side of the boxes in pixels below which the finest map is used, times two. */
  finest: number;
  levels: number;
};

/**
 * The level of the pyramid that each box is looked at on: the finest for small ones, and one more
 * for every doubling of the side (Lin et al. 2017, equation 1; `SingleRoIExtractor`).
 */
export function roiLevels(boxes: Boxes, { finest, levels }: RoiLevelOptions): Uint8Array {
  return Uint8Array.from({ length: boxCount(boxes) }, (_, box) => {
    const [left, top, right, bottom] = cornersOf(boxes, box);
    const side = Math.sqrt((right - left) * (bottom - top));
    const level = Math.floor(Math.log2(side / finest + 1e-6));
    return Math.min(Math.max(level, 0), levels - 1);
  });
}
