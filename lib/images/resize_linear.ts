import { checkImage } from "./check_image.ts";
import { blank, type Image } from "./image.ts";

/** Bits of a weight. */
const BITS = 11;

/** Two neighboring pixels of the source, and their weights in 2,048ths. */
type Blend = { first: number; second: number; weights: [number, number] };

/**
 * Resizes an image as OpenCV does by default (`cv2.resize` with bilinear interpolation and whole
 * bytes): between the two nearest pixels of each axis, however much the image shrinks.
 *
 * @throws {RangeError} If a side is no whole number from 1 on.
 */
export function resizeLinear(image: Image, width: number, height: number): Image {
  checkImage(image, "resize");
  for (const side of [width, height]) {
    if (!Number.isInteger(side) || side < 1) {
      throw new RangeError(`Cannot resize an image to ${width} x ${height} pixels`);
    }
  }
  const [columns, rows] = [blends(image.width, width), blends(image.height, height)];
  const result = blank(width, height);
  const row = (y: number) => {
    const start = y * image.width * 3;
    const blended = new Int32Array(3 * width);
    for (const [x, { first, second, weights }] of columns.entries()) {
      for (let channel = 0; channel < 3; channel++) {
        const at = start + channel;
        blended[3 * x + channel] = image.data[at + 3 * first]! * weights[0] +
          image.data[at + 3 * second]! * weights[1];
      }
    }
    return blended;
  };
  const cache = new Map<number, Int32Array>();
  for (const [y, { first, second, weights }] of rows.entries()) {
    for (const old of cache.keys()) if (old < first) cache.delete(old);
    const [above, below] = [first, second].map((source) => {
      const blended = cache.get(source) ?? row(source);
      cache.set(source, blended);
      return blended;
    });
    const [upper, lower] = weights;
    const pixels = result.data.subarray(y * 3 * width, (y + 1) * 3 * width);
    for (let i = 0; i < pixels.length; i++) {
      // OpenCV drops bits of both products before it adds them.
      const sum = ((upper * (above![i]! >> 4)) >> 16) + ((lower * (below![i]! >> 4)) >> 16);
      pixels[i] = (sum + 2) >> 2;
    }
  }
  return result;
}

/** From which pixels of an axis each of a resized one comes. */
function blends(from: number, to: number): Blend[] {
  return Array.from({ length: to }, (_, i) => {
    const position = Math.fround((i + 0.5) * (from / to) - 0.5);
    const whole = Math.floor(position);
    if (whole < 0 || whole >= from - 1) {
      const edge = Math.min(Math.max(whole, 0), from - 1);
      return { first: edge, second: edge, weights: [2 ** BITS, 0] };
    }
    const share = Math.fround(position - whole);
    const weight = (part: number) => roundHalfToEven(Math.fround(part) * 2 ** BITS);
    return { first: whole, second: whole + 1, weights: [weight(1 - share), weight(share)] };
  });
}

function roundHalfToEven(x: number): number {
  const low = Math.floor(x);
  if (x - low !== 0.5) return Math.round(x);
  return low % 2 ? low + 1 : low;
}
