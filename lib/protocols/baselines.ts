import type { Image } from "../images/mod.ts";
import { normalize } from "../transforms/mod.ts";

/** Side of the square at which pictures are described without a network. */
export const baselineSize = 64;

/** The pixels themselves as network input: `side * side * 3` numbers. */
export function rawPixels(image: Image): Float32Array {
  const pixels = new Float32Array(image.data.length);
  normalize(image, pixels);
  return pixels;
}

/**
 * How often each colour occurs, 8 bins a channel and 512 together, as square roots: the cosine of two of them is the
 * Bhattacharyya coefficient of the colours.
 */
export function colorHistogram({ data }: Image): Float32Array {
  const counts = new Float32Array(512);
  for (let i = 0; i < data.length; i += 3) {
    counts[(data[i] >> 5) << 6 | (data[i + 1] >> 5) << 3 | data[i + 2] >> 5]++;
  }
  return counts.map((count) => Math.sqrt(count * 3 / data.length));
}
