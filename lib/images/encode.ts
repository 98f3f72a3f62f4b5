import { checkImage } from "./check_image.ts";
import type { Image } from "./image.ts";

/**
 * The image as the bytes of a PNG file.
 *
 * @throws {TypeError} If its data are no bytes.
 * @throws {RangeError} If its data are not three bytes for each pixel.
 */
export async function encode(image: Image): Promise<Uint8Array<ArrayBuffer>> {
  checkImage(image, "encode");
  const { width, height, data } = image;
  const { default: sharp } = await import("sharp");
  const png = await sharp(data, { raw: { width, height, channels: 3 } }).png().toBuffer();
  return new Uint8Array(png);
}
