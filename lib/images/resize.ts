import { checkImage, isSide } from "./check_image.ts";
import { type Filter, partCoefficients } from "./coefficients.ts";
import type { Image, Region } from "./image.ts";
import { kernels } from "./kernels.ts";
import { workspace } from "./workspace.ts";

/** What {@linkcode resize} does beside changing the size. */
export type ResizeOptions = {
  filter?: Filter;
  /** The part that is cut out first; pixels outside it have no influence. */
  region?: Region;
  /** What of the region is resized, with fractions of pixels; by default all of it. */
  part?: Region;
  /** Mirrors the result left to right. */
  mirror?: boolean;
  /**
   * The Pillow whose bytes it makes: until 12, as when the paper was written, rows are filtered
   * first; since 13 columns are where the height shrinks by more than twice as many pixels as the
   * width. A few bytes differ by 1.
   */
  pillow?: 12 | 13;
};

/**
 * Bytes of the image that are handed to the kernels at a time, so that they stay in the processor's
 * cache.
 */
const STRIP = 2 ** 18;

/**
 * Cuts out a region and resizes it, antialiased when shrinking: byte for byte what Pillow's `crop`,
 * `resize` and mirroring make (two passes in fixed point, rounded to bytes between them).
 *
 * Source: Pillow's `Resample.c`.
 *
 * @throws {TypeError} If the image's data are no bytes.
 * @throws {RangeError} If they are not three for each pixel, if a side is no whole number from 1, or
 * if the region does not lie within the image.
 */
export function resize(
  image: Image,
  size: { width: number; height: number },
  { filter = "bicubic", region, part, mirror = false, pillow = 12 }: ResizeOptions = {},
): Image {
  const from = region ?? { left: 0, top: 0, width: image.width, height: image.height };
  checkImage(image, "resize");
  if (![from, size].every(({ width, height }) => isSide(width) && isSide(height))) {
    const change = `${from.width}x${from.height} pixels to ${size.width}x${size.height}`;
    throw new RangeError(`Cannot resize ${change}: sides are whole numbers from 1`);
  }
  if (!within(from, image)) {
    throw new RangeError(
      `Cannot resize the ${from.width} x ${from.height} pixels at (${from.left}, ${from.top}): ` +
        `they do not lie within the ${image.width} x ${image.height} pixels of the image`,
    );
  }
  const { left, top, ...span } = part ?? { ...from, left: 0, top: 0 };
  const { across } = partCoefficients(from.width, size.width, {
    ...{ offset: left, span: span.width, filter },
  });
  const { down } = partCoefficients(from.height, size.height, {
    ...{ offset: top, span: span.height, filter },
  });
  const shrunk = from.height - size.height;
  const columnsFirst = pillow === 13 && shrunk > 0 && shrunk > 2 * (from.width - size.width);
  const between = columnsFirst
    ? { width: from.width, height: size.height }
    : { width: size.width, height: from.height };
  const stride = image.width * 3;
  const strip = columnsFirst
    ? from.height
    : Math.max(1, Math.min(from.height, Math.floor(STRIP / stride)));
  // The layout of the kernels' memory, with some room between its parts.
  const end = (start: number, bytes: number) => start + bytes + 16;
  const downAt = end(0, across.values.byteLength), half = end(downAt, down.values.byteLength);
  const resultAt = end(half, between.width * between.height * 3);
  const source = end(resultAt, size.width * size.height * 3);
  const space = workspace(source + strip * stride);
  space.set(new Uint8Array(across.values.buffer), 0);
  space.set(new Uint8Array(down.values.buffer), downAt);

  /** Rows at one place become rows of another width at another place. */
  const toWidth = (at: number, atStride: number, to: number, rows: number) => {
    const [begin, step] = mirror ? [(size.width - 1) * 3, -3] : [0, 3];
    const [columns, length] = [size.width, size.width * 3];
    const plan = [0, across.stride * 4] as const;
    kernels.across(at, atStride, to + begin, length, rows, columns, step, ...plan);
  };
  /** All rows at one place become fewer or more rows at another place. */
  const toHeight = (at: number, atStride: number, to: number) =>
    kernels.down(at, atStride, to, between.width * 3, size.height, downAt, down.stride * 4);

  for (let y = 0; y < from.height; y += strip) {
    const rows = Math.min(strip, from.height - y);
    const first = (from.top + y) * stride;
    space.set(image.data.subarray(first, first + rows * stride), source);
    const corner = source + from.left * 3;
    if (columnsFirst) toHeight(corner, stride, half);
    else toWidth(corner, stride, half + y * size.width * 3, rows);
  }
  if (columnsFirst) toWidth(half, between.width * 3, resultAt, size.height);
  else toHeight(half, size.width * 3, resultAt);
  return { ...size, data: space.slice(resultAt, resultAt + size.width * size.height * 3) };
}

function within({ left, top, width, height }: Region, image: Image): boolean {
  const whole = Number.isInteger(left) && Number.isInteger(top) && left >= 0 && top >= 0;
  return whole && left + width <= image.width && top + height <= image.height;
}
