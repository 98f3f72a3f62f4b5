import { type Image, kernels, workspace } from "../images/mod.ts";

/** Number of box blurs that approximate a Gaussian. */
const PASSES = 3;

/**
 * Blurs an image in place with a Gaussian of the given standard deviation (in pixels): three box
 * blurs along the rows, then three along the columns, with Pillow's fixed-point rounding.
 *
 * Source: Pillow's `BoxBlur.c`; Gwosdek et al., "Theoretical foundations of Gaussian convolution by
 * extended box filtering".
 */
export function gaussianBlur({ width, height, data }: Image, radius: number): void {
  const box = boxRadius(radius);
  if (!(box > 0)) return;
  const { whole, weight, edge } = boxOf(box);
  // The kernel blurs along columns, in rows of whole multiples of 16 bytes: so the image is turned
  // first, and turned back after three passes.
  const row = paddedBytes(width), column = paddedBytes(height);
  const size = Math.max(row * height, column * width) + 16;
  const space = workspace(2 * size);
  const blur = (from: number, to: number, stride: number, rows: number) => {
    for (let pass = 0; pass < PASSES; pass++) {
      kernels.box(from, to, stride, rows, whole, weight, edge);
      [from, to] = [to, from];
    }
    return from;
  };
  space.set(data, 0);
  kernels.turn(0, width * 3, size, column, width, height);
  const along = blur(size, 0, column, width); // in the first half now
  kernels.turn(along, column, size, row, height, width);
  const blurred = blur(size, 0, row, height);
  for (let y = 0; y < height; y++) {
    const at = blurred + y * row;
    data.set(space.subarray(at, at + width * 3), y * width * 3);
  }
}

/** Pixels to each side that have the full weight, and the weights in units of 2^-24. */
function boxOf(box: number): { whole: number; weight: number; edge: number } {
  const whole = Math.floor(box);
  const weight = Math.trunc(Math.fround(2 ** 24 / Math.fround(box * 2 + 1)));
  return { whole, weight, edge: (2 ** 24 - (whole * 2 + 1) * weight) >>> 1 };
}

/**
 * The weights of one pass of the box blur at a distance of 0, 1 and 2 pixels, in units of 2^-24; of
 * a radius of 0 those that change nothing.
 *
 * @throws {RangeError} If the box reaches farther.
 */
export function boxWeights(radius: number): [number, number, number] {
  const box = boxRadius(radius);
  if (!(box > 0)) return [2 ** 24, 0, 0];
  const { whole, weight, edge } = boxOf(box);
  if (whole > 1) {
    throw new RangeError(`Cannot blur by ${radius} pixels in boxes of 2 pixels to each side`);
  }
  return whole === 0 ? [weight, edge, 0] : [weight, weight, edge];
}

/** Bytes of a row of pixels, rounded up to a multiple of 16. */
function paddedBytes(pixels: number): number {
  return Math.ceil(pixels * 3 / 16) * 16;
}

/**
 * The extended box radius (with a fraction) whose three passes have the variance of the Gaussian.
 */
export function boxRadius(radius: number): number {
  const variance = radius * radius / PASSES;
  const whole = Math.floor((Math.sqrt(12 * variance + 1) - 1) / 2);
  const next = (whole + 1) * (whole + 1);
  const part = (2 * whole + 1) * (whole * (whole + 1) - 3 * variance) / (6 * (variance - next));
  return Math.fround(whole + part);
}
