import { resolve } from "node:path";
import { crc32 } from "node:zlib";
import { escapeControls, type Image } from "../images/mod.ts";
import type { ImageFile } from "./image_file.ts";
import { readSlice } from "./slice.ts";

/**
 * Decoded images in a folder, so that later epochs and runs need not decode them: red, green and
 * blue bytes, one image behind the other, in files `NAME.pixels`, and a line of `NAME.index` for
 * each image. Every thread writes files of its own, so that many may write at once, and a line
 * follows its pixels: where either is cut off, the image counts as missing.
 */
export type DecodedImage = {
  /** Where the encoded image lies, as {@linkcode keyOfFile} names it. */
  key: string;
  /** Bytes of the encoded image's file, and when it was written last, in milliseconds. */
  source: [size: number, written: number];
  /** The file of the pixels, and where they begin in it. */
  file: string;
  from: number;
  width: number;
  height: number;
  /** Its size in its file, where it was reduced. */
  original?: Image["original"];
  /** CRC-32 of the pixels. */
  checksum: number;
};

/** The name of an encoded image and of how it is decoded, wherever a program was started. */
export function keyOfFile({ path, slice, exif, sufficient }: ImageFile): string {
  const reduced = sufficient ? [sufficient.shorterSide, sufficient.pixels] : [];
  return JSON.stringify([resolve(path), slice?.from ?? 0, exif, ...reduced]);
}

/**
 * All images that lie decoded in a folder, by their keys; the folder is created if need be.
 *
 * @throws {Error} If the folder cannot be created or read.
 */
export async function openDecoded(folder: string): Promise<Map<string, DecodedImage>> {
  const images = new Map<string, DecodedImage>();
  try {
    await Deno.mkdir(folder, { recursive: true });
    for await (const { name } of Deno.readDir(folder)) {
      if (!name.endsWith(".index")) continue;
      const lines = (await Deno.readTextFile(`${folder}/${name}`)).split("\n");
      for (const line of lines) {
        const image = parse(line);
        if (image && image.source[1] >= (images.get(image.key)?.source[1] ?? -Infinity)) {
          images.set(image.key, image);
        }
      }
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `Cannot keep decoded images in ${escapeControls(folder)}: ${reason}; name a folder that ` +
        "can be written",
    );
  }
  return images;
}

/** An image of the index; `null` where its line is empty or was cut off. */
function parse(line: string): DecodedImage | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** The pixels of an image; `null` where its source has changed since, or they are damaged. */
export async function readDecoded(
  folder: string,
  { source, file, from, checksum, ...image }: DecodedImage,
  { path }: ImageFile,
): Promise<Image | null> {
  try {
    const [size, written] = await stateOf(path);
    if (size !== source[0] || written !== source[1]) return null;
    const { width, height, original } = image;
    const data = await readSlice(`${folder}/${file}`, from, width * height * 3);
    if (crc32(data) !== checksum) return null;
    return { width, height, data, ...original && { original } };
  } catch {
    return null; // the image is decoded once more, and that says what is wrong
  }
}

/** Writes decoded images of one thread into a folder. */
export class DecodedWriter {
  readonly #name = crypto.randomUUID();
  readonly #images = new Map<string, DecodedImage>();
  #end = 0;
  #broken = false;
  #last: Promise<unknown> = Promise.resolve();

  /** @param folder It exists. */
  constructor(readonly folder: string) {}

  /**
   * Writes an image behind the others.
   *
   * @throws {Error} If it cannot be written, such as for want of space.
   */
  write(file: ImageFile, image: Image): Promise<DecodedImage> {
    const entry = this.#last.then(() => this.#append(file, image));
    this.#last = entry.catch(() => {});
    return entry;
  }

  async #append(file: ImageFile, image: Image): Promise<DecodedImage> {
    if (this.#broken) throw new Error("the last image could not be written");
    const { data, ...sizes } = image;
    const key = keyOfFile(file), source = await stateOf(file.path);
    const earlier = this.#images.get(key); // batches that are made at once may need the same image
    if (earlier && String(earlier.source) === String(source)) return earlier;
    const entry: DecodedImage = {
      ...{ key, source, file: `${this.#name}.pixels`, from: this.#end, ...sizes },
      checksum: crc32(data),
    };
    const append = { append: true };
    this.#broken = true; // until all is written: what follows a part of an image would be misplaced
    await Deno.writeFile(`${this.folder}/${entry.file}`, data, append);
    this.#end += data.length;
    const line = `${JSON.stringify(entry)}\n`;
    await Deno.writeTextFile(`${this.folder}/${this.#name}.index`, line, append);
    this.#broken = false;
    this.#images.set(entry.key, entry);
    return entry;
  }
}

async function stateOf(path: string): Promise<DecodedImage["source"]> {
  const { size, mtime } = await Deno.stat(path);
  return [size, mtime?.getTime() ?? 0];
}
