import type { Mask } from "./mask.ts";

/**
 * Resizes a map of labels: each pixel has the label of the one nearest to its center, as Pillow
 * chooses it.
 */
export function resizeMask({ width, height, data }: Mask, to: Omit<Mask, "data">): Mask {
  const [columns, rows] = [nearest(width, to.width), nearest(height, to.height)];
  const resized = new Uint8Array(to.width * to.height);
  for (const [y, row] of rows.entries()) {
    for (const [x, column] of columns.entries()) {
      resized[y * to.width + x] = data[row * width + column]!;
    }
  }
  return { width: to.width, height: to.height, data: resized };
}

/** For each pixel of an axis, the nearest one of another length. */
function nearest(from: number, to: number): number[] {
  return Array.from({ length: to }, (_, i) => Math.floor((i + 0.5) * from / to));
}
