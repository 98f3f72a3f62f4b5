import { blank, type Filter, type Image, type Region } from "../images/mod.ts";
import { all } from "./lazy_image.ts";

/** Where in the old image the point x, y of the new one lies: `[a x + b y + c, d x + e y + f]`. */
export type Matrix = readonly [number, number, number, number, number, number];

/** How an image is moved. */
export type MoveOptions = {
  filter: Filter;
  /** Red, green and blue of what comes in from outside the image. */
  fill: readonly [number, number, number];
  /** The part of the result that is made; all of it by default. */
  region?: Region;
};

/**
 * An image moved, turned or sheared within its frame. Unlike in `resize`, the bicubic filter has
 * a = -1, nothing is antialiased, and bilinear values are truncated.
 *
 * Source: Pillow's `Image.transform` with `AFFINE` (`Geometry.c`).
 */
export function affine(
  image: Image,
  matrix: Matrix,
  { filter, fill, region = all(image) }: MoveOptions,
): Image {
  const [a, b, c, d, e, f] = matrix;
  const { width, height } = image;
  const { left, top } = region, right = left + region.width, bottom = top + region.height;
  const moved = blank(region.width, region.height);
  const sample = filter === "bicubic" ? bicubic : bilinear;
  for (let y = top, to = 0; y < bottom; y++) {
    for (let x = left; x < right; x++, to += 3) {
      const u = a * (x + 0.5) + b * (y + 0.5) + c;
      const v = d * (x + 0.5) + e * (y + 0.5) + f;
      if (u < 0 || u >= width || v < 0 || v >= height) {
        moved.data[to] = fill[0], moved.data[to + 1] = fill[1], moved.data[to + 2] = fill[2];
      } else sample(image, u - 0.5, v - 0.5, moved.data, to);
    }
  }
  return moved;
}

const clip = (i: number, count: number) => i < 0 ? 0 : i < count ? i : count - 1;

function bilinear(
  { width, height, data }: Image,
  u: number,
  v: number,
  out: Uint8Array,
  to: number,
) {
  const x = Math.floor(u), y = Math.floor(v);
  const dx = u - x, dy = v - y;
  const left = clip(x, width) * 3, right = clip(x + 1, width) * 3;
  const top = clip(y, height) * width * 3, bottom = clip(y + 1, height) * width * 3;
  for (let i = 0; i < 3; i++) {
    const above = between(data[top + left + i]!, data[top + right + i]!, dx);
    const below = between(data[bottom + left + i]!, data[bottom + right + i]!, dx);
    out[to + i] = between(above, below, dy);
  }
}

function between(from: number, to: number, part: number): number {
  return from + (to - from) * part;
}

function bicubic(
  { width, height, data }: Image,
  u: number,
  v: number,
  out: Uint8Array,
  to: number,
) {
  const x = Math.floor(u), y = Math.floor(v);
  const dx = u - x, dy = v - y;
  const x0 = clip(x - 1, width) * 3, x1 = clip(x, width) * 3;
  const x2 = clip(x + 1, width) * 3, x3 = clip(x + 2, width) * 3;
  const row = (offset: number, i: number) => {
    const at = clip(y + offset, height) * width * 3 + i;
    return cubic(data[at + x0]!, data[at + x1]!, data[at + x2]!, data[at + x3]!, dx);
  };
  for (let i = 0; i < 3; i++) {
    const value = cubic(row(-1, i), row(0, i), row(1, i), row(2, i), dy);
    out[to + i] = value <= 0 ? 0 : value >= 255 ? 255 : value;
  }
}

/** Keys' cubic with a = -1 through four values, `part` of the way from `b` to `c`. */
function cubic(a: number, b: number, c: number, d: number, part: number): number {
  return b + part * (c - a + part * (2 * (a - b) + c - d + part * (b - a - c + d)));
}
