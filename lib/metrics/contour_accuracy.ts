import type { Mask } from "../images/mod.ts";
import { boundary, dilate } from "./boundary.ts";
import { checkSizes } from "./mask.ts";

/** Options of {@linkcode contourAccuracy}. */
export type ContourOptions = {
  /** How far apart contours may lie: pixels from 1 on, else a share of the picture's diagonal. */
  tolerance?: number;
  /** Pixels that do not count. */
  ignored?: Mask;
};

/**
 * Contour accuracy F of two binary masks: the harmonic mean of precision and recall of the pixels
 * of their boundaries, which match within a tolerance (Perazzi et al., 2016; `f_measure` of
 * davis2017-evaluation).
 *
 * @throws {RangeError} If the masks differ in size.
 */
export function contourAccuracy(
  annotation: Mask,
  result: Mask,
  { tolerance = 0.008, ignored }: ContourOptions = {},
): number {
  checkSizes(annotation, result, ...(ignored ? [ignored] : []));
  const radius = contourRadius(annotation, tolerance);
  const [truth, claim] = [annotation, result].map((mask) => boundary(without(mask, ignored)));
  const recall = matched(truth!, dilate(claim!, radius));
  const precision = matched(claim!, dilate(truth!, radius));
  if (recall === null && precision === null) return 1;
  if (!recall || !precision) return 0;
  return 2 * precision * recall / (precision + recall);
}

/** How many pixels apart contours may lie in a picture. */
export function contourRadius({ width, height }: Mask, tolerance: number): number {
  return tolerance >= 1 ? tolerance : Math.ceil(tolerance * Math.hypot(width, height));
}

/** A mask without the pixels that do not count. */
function without(mask: Mask, ignored?: Mask): Mask {
  if (!ignored) return mask;
  return { ...mask, data: mask.data.map((value, i) => ignored.data[i] ? 0 : value) };
}

/** The share of a boundary that lies within an area; `null` if there is no boundary. */
function matched(edge: Mask, area: Mask): number | null {
  let pixels = 0, inside = 0;
  for (const [i, value] of edge.data.entries()) {
    if (!value) continue;
    pixels++;
    inside += area.data[i]!;
  }
  return pixels ? inside / pixels : null;
}
