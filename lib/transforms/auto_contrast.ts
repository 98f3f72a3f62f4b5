import type { Image } from "../images/mod.ts";
import { toneCurve } from "./tone_curve.ts";

/** Spreads each channel over 0 to 255, in place. Source: Pillow's `ImageOps.autocontrast`. */
export function autoContrast(image: Image): void {
  toneCurve(image, (counts) => {
    const least = counts.findIndex(Boolean), most = counts.findLastIndex(Boolean);
    if (most <= least) return null;
    const scale = 255 / (most - least);
    const offset = -least * scale;
    return Uint8ClampedArray.from(counts, (_, v) => Math.trunc(v * scale + offset));
  });
}
