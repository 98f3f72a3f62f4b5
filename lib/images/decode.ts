import type { Image } from "./image.ts";

/** Files whose names end so are taken for images. */
export const extensions: readonly string[] = [
  ".jpg",
  ".jpeg",
  ".png",
  ".webp",
  ".gif",
  ".avif",
  ".tif",
  ".tiff",
  ".bmp",
  ".ppm",
  ".pgm",
];

/** How to decode. */
export type DecodeOptions = {
  /** Larger images are refused before they are unpacked. */
  maxPixels?: number;
};

/**
 * Decodes a file's bytes to RGB as the original's loader does with Pillow: the EXIF orientation and colour profiles are not
 * applied, alpha is dropped, gray is repeated, of an animation the first frame is taken. Sixteen bits are scaled to eight.
 *
 * @param source The bytes of a file, or its path.
 * @throws {TypeError} If the bytes are no image, are damaged or are in a format that cannot be read.
 */
export async function decode(
  source: Uint8Array | string,
  { maxPixels = 200_000_000 }: DecodeOptions = {},
): Promise<Image> {
  const { default: sharp } = await import("sharp");
  sharp.concurrency(1); // many images at a time gain nothing from several threads each
  try {
    const bytes = typeof source === "string" ? await Deno.readFile(source) : source;
    const { data, info } = await sharp(bytes, {
      failOn: "error",
      limitInputPixels: maxPixels,
      ignoreIcc: true,
    }).toColourspace("srgb").removeAlpha().raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: rgb(data, info.channels) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const name = typeof source === "string" ? source : `${source.length} bytes`;
    throw new TypeError(`Cannot decode ${name} as an image: ${reason.split("\n")[0].trim()}`);
  }
}

/** Repeats gray if the decoder left a single channel. */
function rgb(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return new Uint8Array(data.buffer, data.byteOffset, data.length);
  const count = data.length / channels;
  const out = new Uint8Array(count * 3);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) out[3 * i + c] = data[channels * i + (channels < 3 ? 0 : c)];
  }
  return out;
}
