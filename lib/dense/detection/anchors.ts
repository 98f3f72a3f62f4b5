import type { MapSize } from "../../nn/mod.ts";
import { type Boxes, cornersOf } from "./boxes.ts";

const { fround } = Math;

/** Which anchors stand at every place of a map. */
export type AnchorShapes = {
  /** Sides of the square anchors in strides. */
  scales: readonly number[];
  /** Height over width. */
  ratios: readonly number[];
};

/** Height and width of an image in pixels. */
export type ImageSize = readonly [height: number, width: number];

/**
 * The anchors around the origin: for every ratio one of each scale (`AnchorGenerator` of
 * mmdetection).
 */
export function baseAnchors(stride: number, { scales, ratios }: AnchorShapes): Boxes {
  const sides = ratios.flatMap((ratio) => {
    const tall = fround(Math.sqrt(fround(ratio)));
    const wide = fround(1 / tall);
    return scales.map((scale) =>
      [wide, tall].map((side) => fround(fround(stride * side) * scale)) as [number, number]
    );
  });
  return Float32Array.from(
    sides.flatMap(([width, height]) => [-width / 2, -height / 2, width / 2, height / 2]),
  );
}

/** Anchors at every place of a map, row by row. */
export function gridAnchors(base: Boxes, [rows, columns]: MapSize, stride: number): Boxes {
  const anchors = new Float32Array(rows * columns * base.length);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let i = 0; i < base.length; i++) {
        anchors[at++] = base[i]! + stride * (i % 2 ? row : column);
      }
    }
  }
  return anchors;
}

/** Which anchors of a map stand at a place that lies in the image, and not in what pads a batch. */
export function validAnchors(
  [rows, columns]: MapSize,
  [height, width]: ImageSize,
  { stride, each }: { stride: number; each: number },
): Uint8Array {
  const valid = new Uint8Array(rows * columns * each);
  const [lastRow, lastColumn] = [height, width].map((side) => Math.ceil(side / stride));
  for (let row = 0; row < Math.min(rows, lastRow!); row++) {
    const start = row * columns * each;
    valid.fill(1, start, start + Math.min(columns, lastColumn!) * each);
  }
  return valid;
}

/** Whether a box reaches less than `border` pixels out of an image; a negative border allows all. */
export function isInside(
  boxes: Boxes,
  box: number,
  { size: [height, width], border }: { size: ImageSize; border: number },
): boolean {
  const [left, top, right, bottom] = cornersOf(boxes, box);
  if (border < 0) return true;
  return left >= -border && top >= -border && right < width + border && bottom < height + border;
}
