import { boxCount, type Boxes, cornersOf } from "./boxes.ts";
import type { ImageSize } from "./anchors.ts";

/** What a shift of a box's center, in its sides, and the logarithms of its growth are divided by. */
export type Deviations = readonly [x: number, y: number, width: number, height: number];

/** By how much a box grows or shrinks at most (`wh_ratio_clip` 16 / 1000). */
export const greatestGrowth = 1000 / 16;

/** Options of {@linkcode decodeBoxes}. */
export type DecodeBoxesOptions = {
  deviations: Deviations;
  /** The image to whose sides boxes are cut; by default they may reach out of it. */
  size?: ImageSize;
};

/**
 * What leads from each box to its target `[boxes, 4]`: the shift of its center in its sides, and
 * the logarithms of its growth (`DeltaXYWHBBoxCoder.encode`; Girshick et al. 2014, appendix C).
 */
export function encodeBoxes(boxes: Boxes, targets: Boxes, deviations: Deviations): Float32Array {
  const deltas = new Float32Array(boxes.length);
  for (let box = 0; box < boxCount(boxes); box++) {
    const from = centered(boxes, box), to = centered(targets, box);
    deltas[4 * box] = (to.x - from.x) / from.width / deviations[0];
    deltas[4 * box + 1] = (to.y - from.y) / from.height / deviations[1];
    deltas[4 * box + 2] = Math.log(to.width / from.width) / deviations[2];
    deltas[4 * box + 3] = Math.log(to.height / from.height) / deviations[3];
  }
  return deltas;
}

/**
 * The boxes to which deltas lead (`DeltaXYWHBBoxCoder.decode`): `[boxes, classes * 4]`.
 *
 * @param deltas `[boxes, classes * 4]`.
 */
export function decodeBoxes(
  boxes: Boxes,
  deltas: Float32Array,
  { deviations, size: [height, width] = [Infinity, Infinity] }: DecodeBoxesOptions,
): Float32Array<ArrayBuffer> {
  const corners = new Float32Array(deltas.length);
  const each = deltas.length / boxes.length;
  const limit = Math.log(greatestGrowth);
  const growth = (delta: number) => Math.exp(Math.min(Math.max(delta, -limit), limit));
  const clip = (value: number, side: number) =>
    side === Infinity ? value : Math.min(Math.max(value, 0), side);
  for (let i = 0; i < corners.length; i += 4) {
    const from = centered(boxes, Math.floor(i / 4 / each));
    const x = from.x + from.width * deltas[i]! * deviations[0];
    const y = from.y + from.height * deltas[i + 1]! * deviations[1];
    const halfWidth = from.width * growth(deltas[i + 2]! * deviations[2]) / 2;
    const halfHeight = from.height * growth(deltas[i + 3]! * deviations[3]) / 2;
    corners[i] = clip(x - halfWidth, width);
    corners[i + 1] = clip(y - halfHeight, height);
    corners[i + 2] = clip(x + halfWidth, width);
    corners[i + 3] = clip(y + halfHeight, height);
  }
  return corners;
}

function centered(boxes: Boxes, box: number) {
  const [left, top, right, bottom] = cornersOf(boxes, box);
  return {
    x: (left + right) / 2,
    y: (top + bottom) / 2,
    width: right - left,
    height: bottom - top,
  };
}
