import type { Sharp } from "sharp";
import { formatOf, HEAD_BYTES, refusal } from "./format.ts";
import { decodeGif } from "./gif.ts";
import { avifPixels, avifTurn, type Turn } from "./header.ts";
import type { Image } from "./image.ts";
import { withOpenFile } from "./open_files.ts";
import { type PixelKind, pixelKind } from "./pixel_kind.ts";
import { reduced, reductionOf, type SufficientSize } from "./reduction.ts";
import { escapeControls } from "./escape_controls.ts";
import { repeatGray } from "./to_rgb.ts";

/** Endings of names of image files. */
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
  /** Turns the image as its EXIF orientation says, or as an AVIF file's own boxes do. */
  exif?: boolean;
  /**
   * Images of more pixels are refused before they are unpacked; by default those that Pillow takes
   * for decompression bombs.
   */
  maxPixels?: number;
  /**
   * JPEG files are decoded at 1/2, 1/4 or 1/8 of their sides where the result is still at least so
   * large: faster, and with other pixels than at full size. By default they are not.
   *
   * Source: Pillow's `Image.draft`.
   */
  sufficient?: SufficientSize;
};

/** Larger files are not read: no image in them could be unpacked. */
const MAX_BYTES = 2 ** 30;

/**
 * Larger images are unpacked one at a time, so that some huge ones do not fill the memory together.
 */
const LARGE = 2 ** 24;

/** Seconds after which unpacking an image is given up. */
const TIME_LIMIT = 120;

/**
 * Decodes a file's bytes to RGB as the original's loader does with Pillow: color profiles are not
 * applied, nor is the orientation (but for TIFF), alpha is dropped, gray is repeated, and of an
 * animation the first frame is taken.
 *
 * Gray of sixteen bits is clipped at 255 and not scaled, as there, so that pixels of most such files
 * are white. One thing differs: AVIF's subsampled colors are repeated, where Pillow interpolates
 * them.
 *
 * @param source The bytes of a file, or its path.
 * @throws {TypeError} If the bytes are no image, are damaged or are in a format that cannot be
 * read; its cause is the reason alone.
 */
export async function decode(
  source: Uint8Array | string,
  { exif = false, maxPixels = 178_956_970, sufficient }: DecodeOptions = {},
): Promise<Image> {
  const how = { exif, sufficient };
  try {
    const bytes = typeof source === "string" ? await readWhole(source) : source;
    const refused = refusal(bytes.subarray(0, HEAD_BYTES));
    if (refused) throw new TypeError(refused);
    if (maxPixels <= LARGE) return await unpack(bytes, maxPixels, how);
    return await unpack(bytes, LARGE, how).catch((error) => {
      if (!/pixel limit/.test(error.message)) throw error;
      return alone(() => unpack(bytes, maxPixels, how));
    });
  } catch (error) {
    const reason = reasonOf(error, maxPixels);
    const name = typeof source === "string" ? escapeControls(source) : `${source.length} bytes`;
    throw new TypeError(`Cannot decode ${name} as an image: ${reason}`, { cause: reason });
  }
}

/** What is wrong with a file, from the error of its decoder. */
function reasonOf(error: unknown, maxPixels: number): string {
  const text = error instanceof Error ? error.message : String(error);
  if (/pixel limit/.test(text)) return `it has more than ${maxPixels} pixels`;
  if (/unsupported image format/.test(text)) {
    return "it is damaged, or of a kind of its format that is not read; convert it to PNG";
  }
  const header = /^\s*Input buffer has corrupt header:?/;
  // libvips repeats itself in several lines.
  const lines = text.replace(header, "").split("\n").map((line) => line.trim().replace(/:$/, ""));
  const reasons = [...new Set(lines)].filter((line) => line !== "").join("; ");
  if (!header.test(text)) return reasons;
  return ["its header is damaged", reasons].filter((part) => part !== "").join(": ");
}

async function readWhole(path: string): Promise<Uint8Array> {
  const { size } = await Deno.stat(path);
  if (size > MAX_BYTES) {
    throw new RangeError(
      `it takes ${size} bytes, and images of more than ${MAX_BYTES} are not read`,
    );
  }
  return await withOpenFile(() => Deno.readFile(path));
}

let last: Promise<unknown> = Promise.resolve();

/** Runs pieces of work one after the other. */
function alone<T>(work: () => Promise<T>): Promise<T> {
  const result = last.then(work);
  last = result.catch(() => {});
  return result;
}

async function unpack(
  bytes: Uint8Array,
  limit: number,
  { exif, sufficient }: Pick<DecodeOptions, "exif" | "sufficient">,
): Promise<Image> {
  const { name } = formatOf(bytes)!;
  if (name === "GIF") return decodeGif(bytes, limit);
  if (name === "AVIF" && avifPixels(bytes) > limit) throw new Error("pixel limit");
  const { default: sharp } = await import("sharp");
  sharp.concurrency(1); // many images at a time gain nothing from several threads each
  const input = sharp(bytes, { failOn: "error", limitInputPixels: limit, ignoreIcc: true })
    .timeout({ seconds: TIME_LIMIT });
  const image = exif || name === "TIFF" ? input.autoOrient() : input; // as Pillow does for TIFF
  const original = name === "JPEG" && sufficient ? await shrink(image, sufficient, exif) : null;
  const kind = await pixelKind({ name, bytes, metadata: () => image.metadata() });
  const plain = await raw(inSpace(image, kind.space), kind);
  if (original) return { ...plain, original };
  return name === "AVIF" && !exif ? turnBack(plain, avifTurn(bytes)) : plain;
}

/**
 * Has a JPEG file decoded at the greatest reduction that leaves a sufficient size, and returns its
 * full size; `null` where it is decoded in full.
 */
async function shrink(
  image: Sharp,
  sufficient: SufficientSize,
  exif = false,
): Promise<Required<Image>["original"] | null> {
  const { autoOrient, ...stored } = await image.metadata();
  const { width, height } = exif ? autoOrient : stored;
  const size = { width, height };
  const reduction = reductionOf(size, sufficient);
  if (reduction === 1) return null;
  // The decoder itself shrinks by as much, and what is left of sides that it does not divide is
  // resized.
  image.resize({ ...reduced(size, reduction), fit: "fill" });
  return size;
}

/** Has the decoder hand out pixels of a space, without alpha where it can be told apart. */
function inSpace(image: Sharp, space: PixelKind["space"]): Sharp {
  if (space === "srgb") return image.toColorspace(space).removeAlpha();
  return image.pipelineColorspace(space).toColorspace(space);
}

async function raw(image: Sharp, { depth, toRgb }: Omit<PixelKind, "space">): Promise<Image> {
  const { data, info } = await image.raw({ depth }).toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: toRgb(data, info.channels) };
}

/**
 * Undoes a turn that the decoder has made already, unlike Pillow, to which it is an orientation as
 * any other.
 */
async function turnBack(image: Image, { quarters, mirror }: Turn): Promise<Image> {
  const { default: sharp } = await import("sharp");
  const open = ({ data, width, height }: Image) =>
    sharp(data, { raw: { width, height, channels: 3 } });
  const rgb = { depth: "uchar", toRgb: repeatGray } as const;
  if (mirror) image = await raw(open(image)[mirror](), rgb);
  return quarters ? raw(open(image).rotate(90 * quarters), rgb) : image;
}
