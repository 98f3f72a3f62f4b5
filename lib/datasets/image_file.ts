import { decode, type Image } from "../images/mod.ts";
import { readSlice } from "./slice.ts";

/** Where an encoded image lies, as plain data: a thread that is told of it reads the image. */
export type ImageFile = {
  path: string;
  /** The bytes of the image within the file; all of them by default. */
  slice?: { from: number; length: number };
  /** Turns the image as its EXIF orientation says. */
  exif: boolean;
};

/**
 * Reads and decodes an image.
 *
 * @throws {TypeError} If it cannot be decoded.
 * @throws {Error} If its file cannot be read, or ends too early.
 */
export async function readImage({ path, slice, exif }: ImageFile): Promise<Image> {
  const source = slice ? await readSlice(path, slice.from, slice.length) : path;
  return await decode(source, { exif });
}
