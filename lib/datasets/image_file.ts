import { decode, type Image, type SufficientSize } from "../images/mod.ts";
import { readSlice } from "./slice.ts";

/** Where an encoded image lies, as plain data: a thread that is told of it reads the image. */
export type ImageFile = {
  path: string;
  /** The bytes of the image within the file; all of them by default. */
  slice?: { from: number; length: number };
  /** Turns the image as its EXIF orientation says. */
  exif: boolean;
  /** The size from which on it may be reduced while it is decoded; by default it is not. */
  sufficient?: SufficientSize;
};

/**
 * Reads and decodes an image.
 *
 * @throws {TypeError} If it cannot be decoded.
 * @throws {Error} If its file cannot be read, or ends too early.
 */
export async function readImage({ path, slice, exif, sufficient }: ImageFile): Promise<Image> {
  const source = slice ? await readSlice(path, slice.from, slice.length) : path;
  return await decode(source, { exif, sufficient });
}
