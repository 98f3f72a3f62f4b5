import type { Mask } from "./mask.ts";

/** Options of {@linkcode resizeMask}. */
export type ResizeMaskOptions = {
  /**
   * From where the nearest pixel is sought: from the `center` of a pixel, as Pillow does, or from
   * its upper left `corner`, as OpenCV does.
   */
  nearest?: "center" | "corner";
};

/** Resizes a map of labels: each pixel has the label of the nearest one. */
export function resizeMask(
  { width, height, data }: Mask,
  to: Omit<Mask, "data">,
  { nearest = "center" }: ResizeMaskOptions = {},
): Mask {
  const axis = nearest === "center" ? nearestToCenters : nearestToCorners;
  const [columns, rows] = [axis(width, to.width), axis(height, to.height)];
  const resized = new Uint8Array(to.width * to.height);
  let at = 0;
  for (const row of rows) {
    for (const column of columns) resized[at++] = data[row * width + column]!;
  }
  return { width: to.width, height: to.height, data: resized };
}

/** For each pixel of an axis, the nearest one of another length. */
function nearestToCenters(from: number, to: number): number[] {
  return Array.from({ length: to }, (_, i) => Math.floor((i + 0.5) * from / to));
}

/** The same from corners; OpenCV multiplies by the reciprocal of the scale. */
function nearestToCorners(from: number, to: number): number[] {
  const step = 1 / (to / from);
  return Array.from({ length: to }, (_, i) => Math.min(from - 1, Math.floor(i * step)));
}
