import type { Image } from "../images/mod.ts";
import { blend } from "./blend.ts";

/**
 * Sharpness by a factor, in place: 0 is smoothed, 1 is the image, more is sharper. The outermost
 * pixels stay as they are.
 *
 * Source: Pillow's `ImageEnhance.Sharpness` (its `SMOOTH` filter: 5 for the pixel and 1 for each of
 * its neighbors).
 */
export function sharpness({ width, height, data }: Image, factor: number): void {
  const from = data.slice();
  const stride = width * 3;
  for (let y = 1; y < height - 1; y++) {
    const end = (y + 1) * stride - 3;
    for (let i = y * stride + 3; i < end; i++) {
      const up = i - stride, down = i + stride;
      const sum = from[up - 3]! + from[up]! + from[up + 3]! +
        from[i - 3]! + 5 * from[i]! + from[i + 3]! +
        from[down - 3]! + from[down]! + from[down + 3]!;
      data[i] = blend(Math.floor(sum / 13 + 0.5), from[i]!, factor);
    }
  }
}
