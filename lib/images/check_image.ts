import type { Image } from "./image.ts";

/**
 * Refuses an image whose data are not three bytes for each pixel.
 *
 * @param action What is to be done with it, for the message: `encode`.
 * @throws {TypeError} If its data are no bytes.
 * @throws {RangeError} If its sides are no whole numbers from 1, or its data have another length.
 */
export function checkImage({ width, height, data }: Image, action: string): void {
  const image = `Cannot ${action} an image of ${width} x ${height} pixels`;
  const bytes: unknown = data;
  if (!(bytes instanceof Uint8Array || bytes instanceof Uint8ClampedArray)) {
    throw new TypeError(`${image}: its data are no Uint8Array, as \`decode\` makes them`);
  }
  if (isSide(width) && isSide(height) && data.length === width * height * 3) return;
  throw new RangeError(
    `${image}: its data hold ${data.length} numbers, and three for each pixel are needed`,
  );
}

/** Whether a number can be the side of an image in pixels. */
export function isSide(pixels: number): boolean {
  return Number.isInteger(pixels) && pixels >= 1;
}
