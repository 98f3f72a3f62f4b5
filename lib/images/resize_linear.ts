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
    return Int32Array.from({ length: 3 * width }, (_, i) => {
      const { first, second, weights } = columns[Math.floor(i / 3)]!;
      const at = (x: number) => image.data[start + 3 * x + i % 3]!;
      return at(first) * weights[0] + at(second) * weights[1];
    });
  };
  const cache = new Map<number, Int32Array>();
  for (const [y, { first, second, weights }] of rows.entries()) {
    for (const old of cache.keys()) if (old < first) cache.delete(old);
    const [above, below] = [first, second].map((source) => {
      const blended = cache.get(source) ?? row(source);
      cache.set(source, blended);
      return blended;
    });
    for (let i = 0; i < 3 * width; i++) {
      // OpenCV drops bits of both products before it adds them.
      const sum = ((weights[0] * (above![i]! >> 4)) >> 16) +
        ((weights[1] * (below![i]! >> 4)) >> 16);
      result.data[y * 3 * width + i] = (sum + 2) >> 2;
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
