import type { Image } from "./image.ts";

/**
 * The image as the bytes of a PNG file.
 *
 * @throws {RangeError} If its data are not three numbers for each pixel.
 */
export async function encode(image: Image): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, data } = image;
  if (!(width >= 1 && height >= 1) || data.length !== width * height * 3) {
    throw new RangeError(
      `Cannot encode an image of ${width} x ${height} pixels: its data hold ${data.length} ` +
        "numbers, and three for each pixel are needed",
    );
  }
  const { default: sharp } = await import("sharp");
  const png = await sharp(data, { raw: { width, height, channels: 3 } }).png().toBuffer();
  return new Uint8Array(png);
}
