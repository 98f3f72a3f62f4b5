import type { Mask } from "../images/mod.ts";

/**
 * Requires masks to have as many bytes as pixels, and all of them one size.
 *
 * @throws {RangeError} If they have not.
 */
export function checkSizes(first: Mask, ...others: Mask[]): void {
  for (const { width, height, data } of [first, ...others]) {
    if (data.length !== width * height) {
      throw new RangeError(
        `Cannot read a mask of ${width} x ${height} pixels from ${data.length} bytes`,
      );
    }
    if (width === first.width && height === first.height) continue;
    throw new RangeError(
      `Cannot compare a mask of ${first.width} x ${first.height} pixels with one of ` +
        `${width} x ${height}`,
    );
  }
}

/** The mask of the pixels that have a label. */
export function maskOf({ width, height, data }: Mask, label: number): Mask {
  return { width, height, data: data.map((value) => value === label ? 1 : 0) };
}
