import type { Region } from "../images/mod.ts";
import type { FloatImage } from "./float_image.ts";

/** Options of {@linkcode resizeFloat}. */
export type ResizeFloatOptions = {
  width: number;
  height: number;
  /** The part that is resized; by default the whole image. */
  region?: Region;
};

/**
 * An image resized by bicubic interpolation of the nearest 4 by 4 pixels, also where it shrinks.
 *
 * Source: TensorFlow's `tf.image.resize` without antialiasing, whose kernel
 * (resize_bicubic_op.cc) takes weights from a table of 1024 offsets and distributes those of pixels
 * outside the image among the others.
 */
export function resizeFloat(image: FloatImage, options: ResizeFloatOptions): FloatImage {
  const { width, height } = options;
  const { top, left, ...size } = options.region ??
    { top: 0, left: 0, height: image.height, width: image.width };
  const rows = taps(size.height, height), columns = taps(size.width, width);
  const data = new Float32Array(width * height * 3);
  for (const [y, vertical] of rows.entries()) {
    for (const [x, horizontal] of columns.entries()) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (const [row, a] of vertical) {
          const start = (top + row) * image.width + left;
          for (const [column, b] of horizontal) {
            sum += a * b * image.data[3 * (start + column) + channel]!;
          }
        }
        data[3 * (y * width + x) + channel] = sum;
      }
    }
  }
  return { width, height, data };
}

const tableSize = 1024;

/** For each output position, the input positions and their weights, which add up to 1. */
function taps(length: number, count: number): [place: number, weight: number][][] {
  return Array.from({ length: count }, (_, i) => {
    const source = (i + 0.5) * (length / count) - 0.5;
    const first = Math.floor(source);
    const offset = Math.round((source - first) * tableSize) / tableSize;
    const inside = [-1, 0, 1, 2].filter((step) => first + step >= 0 && first + step < length);
    const weights = inside.map((step) => keys(Math.abs(offset - step)));
    const sum = weights.reduce((sum, weight) => sum + weight);
    return inside.map((step, k) => [first + step, weights[k]! / sum]);
  });
}

/** Keys' cubic convolution with a = -0.5. */
function keys(distance: number, a = -0.5): number {
  return distance <= 1
    ? ((a + 2) * distance - (a + 3)) * distance ** 2 + 1
    : a * (((distance - 5) * distance + 8) * distance - 4);
}
