import type { Image } from "../images/mod.ts";

/**
 * Mirrors an image left to right, in place. `resize` mirrors views at no cost; this is for whole
 * images.
 */
export function flip({ width, height, data }: Image): void {
  for (let y = 0; y < height; y++) {
    let left = y * width * 3;
    let right = left + (width - 1) * 3;
    for (; left < right; left += 3, right -= 3) {
      for (let c = 0; c < 3; c++) {
        const byte = data[left + c]!;
        data[left + c] = data[right + c]!;
        data[right + c] = byte;
      }
    }
  }
}
