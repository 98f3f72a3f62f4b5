import type { Mask } from "../../images/mod.ts";
import type { Corners } from "./boxes.ts";

/** A picture of numbers, row by row. */
export type SoftMask = { width: number; height: number; data: Float32Array };

/**
 * A small mask drawn into its box of a picture: each pixel takes the bilinear sample at its middle,
 * and what lies out of the mask is 0 (`_do_paste_mask` of mmdetection).
 */
export function pasteMask(
  { width: columns, height: rows, data }: SoftMask,
  [left, top, right, bottom]: Corners,
  { width, height }: { width: number; height: number },
): SoftMask {
  const pixels = new Float32Array(width * height);
  const across = samples(columns, [left, right], width);
  const down = samples(rows, [top, bottom], height);
  for (const { pixel: y, place: row, weight: vertical } of down) {
    for (const { pixel: x, place: column, weight: horizontal } of across) {
      pixels[y * width + x]! += vertical * horizontal * data[row * columns + column]!;
    }
  }
  return { width, height, data: pixels };
}

/** The pixels that reach a threshold. */
export function atLeast({ width, height, data }: SoftMask, threshold: number): Mask {
  return { width, height, data: Uint8Array.from(data, (value) => value >= threshold ? 1 : 0) };
}

/** Which places of a small mask the pixels along a side take, and how much of each. */
function samples(
  places: number,
  [start, end]: [number, number],
  pixels: number,
): { pixel: number; place: number; weight: number }[] {
  return Array.from({ length: pixels }, (_, pixel) => {
    const at = (pixel + 0.5 - start) / (end - start) * places - 0.5;
    const low = Math.floor(at);
    return [low, low + 1].map((place) => ({ pixel, place, weight: 1 - Math.abs(at - place) }))
      .filter(({ place, weight }) => place >= 0 && place < places && weight > 0);
  }).flat();
}
