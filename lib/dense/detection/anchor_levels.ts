import type { MapSize } from "../../nn/mod.ts";
import {
  type AnchorShapes,
  baseAnchors,
  gridAnchors,
  type ImageSize,
  isInside,
  validAnchors,
} from "./anchors.ts";
import { boxCount, type Boxes } from "./boxes.ts";

/** The anchors of a level of the pyramid. */
export type AnchorLevel = {
  stride: number;
  size: MapSize;
  boxes: Boxes;
  /** Anchors of a place. */
  each: number;
};

/** Anchors of every level for images of a size, what pads them included. */
export function anchorLevels(
  [height, width]: ImageSize,
  { strides, ...shapes }: AnchorShapes & { strides: readonly number[] },
): AnchorLevel[] {
  return strides.map((stride) => {
    const base = baseAnchors(stride, shapes);
    const size: MapSize = [Math.ceil(height / stride), Math.ceil(width / stride)];
    return { stride, size, boxes: gridAnchors(base, size, stride), each: boxCount(base) };
  });
}

/** To what images are filled up on both sides, in pixels. */
export const SIZE_STEP = 32;

/**
 * The numbers of the anchors of all levels, one level behind the other, that stand in an image and
 * reach out of it by less than `border` pixels.
 */
export function anchorsInside(
  levels: readonly AnchorLevel[],
  { size, border }: { size: ImageSize; border: number },
): number[] {
  const [height, width] = size.map((side) => Math.ceil(side / SIZE_STEP) * SIZE_STEP);
  const inside: number[] = [];
  let start = 0;
  for (const { stride, size: map, boxes, each } of levels) {
    const valid = validAnchors(map, [height!, width!], { stride, each });
    for (const [i, stands] of valid.entries()) {
      if (stands && isInside(boxes, i, { size, border })) inside.push(start + i);
    }
    start += valid.length;
  }
  return inside;
}
