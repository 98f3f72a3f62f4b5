import type { Image } from "../images/mod.ts";
import { toneCurve } from "./tone_curve.ts";

/** Spreads each channel over 0 to 255, in place. Source: Pillow's `ImageOps.autocontrast`. */
export function autoContrast(image: Image): void {
  autoContrastOf(image)(image);
}

/** The same change as an image with these pixels needs. */
export function autoContrastOf(pixels: Image): (image: Image) => void {
  return toneCurve(pixels, (counts) => {
    const least = counts.findIndex(Boolean), most = counts.findLastIndex(Boolean);
    if (most <= least) return null;
    const scale = 255 / (most - least);
    const offset = -least * scale;
    return Uint8ClampedArray.from(counts, (_, v) => Math.trunc(v * scale + offset));
  });
}
