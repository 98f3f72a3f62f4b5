import type { Image } from "./image.ts";

/** The image as the bytes of a PNG file. */
export async function encode(image: Image): Promise<Uint8Array<ArrayBuffer>> {
  const { default: sharp } = await import("sharp");
  const { width, height, data } = image;
  const png = await sharp(data, { raw: { width, height, channels: 3 } }).png().toBuffer();
  return new Uint8Array(png);
}
