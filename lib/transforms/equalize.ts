import type { Image } from "../images/mod.ts";
import { toneCurve } from "./tone_curve.ts";

/**
 * Makes all bytes of each channel about equally frequent, in place.
 *
 * Source: Pillow's `ImageOps.equalize`.
 */
export function equalize(image: Image): void {
  equalizationOf(image)(image);
}

/** The same change as an image with these pixels needs. */
export function equalizationOf(pixels: Image): (image: Image) => void {
  return toneCurve(pixels, (counts) => {
    const most = counts.findLast(Boolean) ?? 0; // of the brightest byte
    const step = Math.floor((pixels.data.length / 3 - most) / 255);
    if (step === 0) return null;
    let below = Math.floor(step / 2);
    return Uint8ClampedArray.from(counts, (count) => {
      const level = Math.floor(below / step);
      below += count;
      return level;
    });
  });
}
