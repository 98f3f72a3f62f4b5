import { boxCount, type Boxes, cornersOf } from "./boxes.ts";

const { fround, max, min } = Math;

/** Areas are at least this large where they are divided by. */
const epsilon = 1e-6;

/**
 * How boxes are compared: by the intersection over the union, over the area of the first box
 * (`iof`), or by the generalized measure of Rezatofighi et al. 2019, which goes down to -1.
 */
export type OverlapKind = "iou" | "iof" | "giou";

/**
 * How much every box overlaps every other one, `[boxes, others]`, in float32 at every step as
 * mmdetection's `bbox_overlaps`, so that equal overlaps are equal to the last bit.
 */
export function boxOverlaps(boxes: Boxes, others: Boxes, kind: OverlapKind = "iou"): Float32Array {
  const columns = boxCount(others);
  const overlaps = new Float32Array(boxCount(boxes) * columns);
  const areas = Float32Array.from({ length: columns }, (_, i) => areaOf(others, i));
  for (let row = 0; row < boxCount(boxes); row++) {
    const [left, top, right, bottom] = cornersOf(boxes, row);
    const area = areaOf(boxes, row);
    for (let column = 0; column < columns; column++) {
      const at = 4 * column;
      const width = fround(min(right, others[at + 2]!) - max(left, others[at]!));
      const height = fround(min(bottom, others[at + 3]!) - max(top, others[at + 1]!));
      const common = fround(max(width, 0) * max(height, 0));
      const union = kind === "iof" ? area : fround(fround(area + areas[column]!) - common);
      const divisor = max(union, fround(epsilon));
      let overlap = fround(common / divisor);
      if (kind === "giou") {
        const wide = fround(max(right, others[at + 2]!) - min(left, others[at]!));
        const tall = fround(max(bottom, others[at + 3]!) - min(top, others[at + 1]!));
        const hull = max(fround(max(wide, 0) * max(tall, 0)), fround(epsilon));
        overlap -= fround(fround(hull - divisor) / hull);
      }
      overlaps[row * columns + column] = overlap;
    }
  }
  return overlaps;
}

function areaOf(boxes: Boxes, box: number): number {
  const [left, top, right, bottom] = cornersOf(boxes, box);
  return fround(fround(right - left) * fround(bottom - top));
}
