import { type Coefficients, coefficients, type Filter, PRECISION } from "./coefficients.ts";
import { blank, type Image, type Region } from "./image.ts";

/** What {@linkcode resize} may do on the way. */
export type ResizeOptions = {
  filter?: Filter;
  /** The part to be cut out first; pixels outside it have no influence. */
  region?: Region;
  /** Mirrors the result left to right. */
  mirror?: boolean;
  /**
   * The Pillow whose bytes it makes: until 12, as when the paper was written, rows are filtered first; since 13 columns are
   * where the height shrinks by more than twice as many pixels as the width. A few bytes differ by 1.
   */
  pillow?: 12 | 13;
};

const HALF = 1 << (PRECISION - 1);
let scratch = new Uint8Array(0);

/**
 * Cuts out a region and resizes it, antialiased when shrinking: byte for byte what Pillow's `crop`, `resize` and
 * mirroring make (two passes in fixed point, rounded to bytes between them).
 *
 * Source: Pillow's `Resample.c`.
 */
export function resize(
  image: Image,
  size: { width: number; height: number },
  { filter = "bicubic", region, mirror = false, pillow = 12 }: ResizeOptions = {},
): Image {
  const from = region ?? { left: 0, top: 0, width: image.width, height: image.height };
  if (from.width < 1 || from.height < 1 || size.width < 1 || size.height < 1) {
    throw new RangeError(
      `Cannot resize ${from.width}x${from.height} pixels to ${size.width}x${size.height}: a side is empty`,
    );
  }
  const across = coefficients(from.width, size.width, filter);
  const down = coefficients(from.height, size.height, filter);
  const result = blank(size.width, size.height);
  const shrunk = from.height - size.height;
  const columnsFirst = pillow === 13 && shrunk > 0 && shrunk > 2 * (from.width - size.width);
  const between = columnsFirst
    ? { width: from.width, height: size.height }
    : { width: size.width, height: from.height };
  const bytes = between.width * between.height * 3;
  if (scratch.length < bytes) scratch = new Uint8Array(bytes);
  const half = { ...between, data: scratch };
  if (columnsFirst) {
    vertical(image, from, { down, out: half });
    horizontal(half, { left: 0, top: 0, ...between }, { across, mirror, out: result });
  } else {
    horizontal(image, from, { across, mirror, out: half });
    vertical(half, { left: 0, top: 0, ...between }, { down, out: result });
  }
  return result;
}

/** Each row of the region becomes a row of `out`. */
function horizontal(
  image: Image,
  region: Region,
  { across, mirror, out: { data: out, width } }: {
    across: Coefficients;
    mirror: boolean;
    out: Image;
  },
): void {
  const { data } = image;
  const { starts, counts, weights, taps } = across;
  const stride = image.width * 3;
  const { height } = region;
  const first = (region.top * image.width + region.left) * 3;
  for (let y = 0; y < height; y++) {
    const row = first + y * stride;
    let to = (y * width + (mirror ? width - 1 : 0)) * 3;
    const step = mirror ? -3 : 3;
    for (let x = 0; x < width; x++, to += step) {
      let r = HALF, g = HALF, b = HALF;
      let from = row + starts[x] * 3;
      const begin = x * taps;
      const end = begin + counts[x];
      for (let k = begin; k < end; k++, from += 3) {
        const w = weights[k];
        r = r + Math.imul(w, data[from]) | 0;
        g = g + Math.imul(w, data[from + 1]) | 0;
        b = b + Math.imul(w, data[from + 2]) | 0;
      }
      r >>= PRECISION, g >>= PRECISION, b >>= PRECISION;
      out[to] = r < 0 ? 0 : r > 255 ? 255 : r;
      out[to + 1] = g < 0 ? 0 : g > 255 ? 255 : g;
      out[to + 2] = b < 0 ? 0 : b > 255 ? 255 : b;
    }
  }
}

/** Each column of the region becomes a column of `out`. */
function vertical(
  image: Image,
  region: Region,
  { down, out }: { down: Coefficients; out: Image },
): void {
  const from = image.data;
  const { starts, counts, weights, taps } = down;
  const { data, height } = out;
  const stride = image.width * 3;
  const length = region.width * 3;
  const corner = (region.top * image.width + region.left) * 3;
  for (let y = 0, to = 0; y < height; y++) {
    const first = corner + starts[y] * stride;
    const begin = y * taps;
    const end = begin + counts[y];
    for (let x = 0; x < length; x += 3, to += 3) {
      let r = HALF, g = HALF, b = HALF;
      let at = first + x;
      for (let k = begin; k < end; k++, at += stride) {
        const w = weights[k];
        r = r + Math.imul(w, from[at]) | 0;
        g = g + Math.imul(w, from[at + 1]) | 0;
        b = b + Math.imul(w, from[at + 2]) | 0;
      }
      r >>= PRECISION, g >>= PRECISION, b >>= PRECISION;
      data[to] = r < 0 ? 0 : r > 255 ? 255 : r;
      data[to + 1] = g < 0 ? 0 : g > 255 ? 255 : g;
      data[to + 2] = b < 0 ? 0 : b > 255 ? 255 : b;
    }
  }
}
