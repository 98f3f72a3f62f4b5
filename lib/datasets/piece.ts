import type { Image } from "../images/mod.ts";
import { type BatchArrays, type ErasedViews, writeViews } from "./assemble.ts";
import { type ImageFile, readImage } from "./image_file.ts";
import { reasonOf } from "./skipped.ts";

/** Some images of a batch, which one thread makes. */
export type Piece = BatchArrays & {
  items: PieceItem[];
  /** Whether images that are read come back, to be kept. */
  keep: boolean;
};

/** An image of a batch: its place there, the seed of its views, and the image or where it lies. */
export type PieceItem = { i: number; seed: string; source: Image | ImageFile };

/** What became of each item of a {@linkcode Piece}. */
export type PieceOutcome = {
  /** Why it could not be read. */
  reason?: string;
  /** The image in shared memory, if it was read and is to be kept. */
  image?: Image;
  /** The pixels of its views that are erased. */
  erased?: ErasedViews;
}[];

/** Reads, augments and writes the images of a piece into the arrays of its batch. */
export async function makePiece({ items, keep, ...batch }: Piece): Promise<PieceOutcome> {
  const outcome: PieceOutcome = [];
  for (const { source, ...item } of items) {
    let image: Image;
    try {
      image = "path" in source ? await readImage(source) : source;
    } catch (error) {
      outcome.push({ reason: reasonOf(error) });
      continue;
    }
    const erased = writeViews(batch, image, item);
    const kept = keep && "path" in source ? { image: inSharedMemory(image) } : {};
    outcome.push({ erased, ...kept });
  }
  return outcome;
}

/** What of an outcome changes its owner when another thread gets it. */
export function transferable(outcome: PieceOutcome): ArrayBuffer[] {
  return outcome.flatMap(({ erased }) =>
    Object.values(erased ?? {}).flat().flatMap(({ index, noise }) => [index.buffer, noise.buffer])
  );
}

/** An image that threads share, so that they get it without a copy. */
export function inSharedMemory({ width, height, data }: Image): Image {
  const copy = new Uint8Array(new SharedArrayBuffer(data.length));
  copy.set(data);
  return { width, height, data: copy };
}
