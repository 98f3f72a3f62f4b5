import { decodeRle, mergeRle, polygonRle } from "../../metrics/mod.ts";
import type { Mask } from "../../images/mod.ts";
import type { Corners } from "./boxes.ts";
import { roiBins } from "./roi_bins.ts";

/**
 * What a mask head is to draw in a box: the part of an object's mask that lies in it, in `side`
 * rows and columns. A cell is 1 where at least half of it is (`BitmapMasks.crop_and_resize` of
 * mmdetection, which is RoIAlign).
 */
export function cropMask(
  { width, height, data }: Mask,
  [left, top, right, bottom]: Corners,
  side: number,
): Mask {
  const rows = roiBins([top, bottom], { bins: side, length: height });
  const columns = roiBins([left, right], { bins: side, length: width });
  const cells = new Uint8Array(side * side);
  const line = new Float64Array(width);
  const from = Math.min(...columns.map(({ first }) => first));
  const to = Math.max(...columns.map(({ first, weights }) => first + weights.length));
  for (const [i, row] of rows.entries()) {
    line.fill(0);
    for (const [j, weight] of row.weights.entries()) {
      const start = (row.first + j) * width;
      for (let x = from; x < to; x++) if (data[start + x]) line[x]! += weight;
    }
    for (const [j, { first, weights }] of columns.entries()) {
      const share = weights.reduce((sum, weight, x) => sum + weight * line[first + x]!, 0);
      cells[i * side + j] = Math.fround(share) >= 0.5 ? 1 : 0;
    }
  }
  return { width: side, height: side, data: cells };
}

/** The same of an object of polygons, which are moved and stretched, and drawn then. */
export function cropPolygons(
  polygons: readonly (readonly number[])[],
  [left, top, right, bottom]: Corners,
  side: number,
): Mask {
  const scale = {
    x: side / Math.max(right - left, 1),
    y: side / Math.max(bottom - top, 1),
  };
  const cropped = polygons.map((corners) =>
    corners.map((value, i) => i % 2 ? (value - top) * scale.y : (value - left) * scale.x)
  );
  return drawPolygons(cropped, { width: side, height: side });
}

/** The mask of an object of polygons. */
export function drawPolygons(
  polygons: readonly (readonly number[])[],
  size: { width: number; height: number },
): Mask {
  return decodeRle(mergeRle(polygons.map((corners) => polygonRle(corners, size)), "any"));
}

/** The area of an object of polygons that do not overlap, in square pixels. */
export function polygonArea(polygons: readonly (readonly number[])[]): number {
  return polygons.reduce((sum, corners) => {
    const twice = corners.reduce((area, value, i) => {
      const next = corners[(i % 2 ? i + 1 : i + 3) % corners.length]!;
      return i % 2 ? area - value * next : area + value * next;
    }, 0);
    return sum + Math.abs(twice) / 2;
  }, 0);
}
