import type { Image } from "../images/mod.ts";
import { type BatchArrays, type ErasedViews, writeViews } from "./assemble.ts";
import { type DecodedImage, DecodedWriter, readDecoded } from "./decoded_files.ts";
import { type ImageFile, readImage } from "./image_file.ts";
import { reasonOf } from "./skipped.ts";

/** Some images of a batch, which one thread makes. */
export type Piece = BatchArrays & {
  items: PieceItem[];
  /** Whether images that are read come back, to be kept. */
  keep: boolean;
  /** The folder where decoded images lie, and whether more of them are kept there. */
  decodedFolder?: { path: string; writes: boolean };
};

/** Where the image of a {@linkcode PieceItem} comes from. */
export type PieceSource = Image | ImageFile & { decoded?: DecodedImage };

/** An image of a batch: its place there, the seed of its views, and the image or where it lies. */
export type PieceItem = { i: number; seed: string; source: PieceSource };

/** What became of each item of a {@linkcode Piece}. */
export type PieceOutcome = {
  /** Why it could not be read. */
  reason?: string;
  /** The image in shared memory, if it was read and is to be kept. */
  image?: Image;
  /** Where its pixels were written, if they were. */
  decoded?: DecodedImage;
  /** Why they could not be written. */
  unwritten?: string;
  /** The pixels of its views that are erased. */
  erased?: ErasedViews;
}[];

/** Reads, augments and writes the images of a piece into the arrays of its batch. */
export async function makePiece(
  { items, keep, decodedFolder, ...batch }: Piece,
): Promise<PieceOutcome> {
  const outcome: PieceOutcome = [];
  for (const { source, ...item } of items) {
    let result: Read;
    try {
      result = "path" in source ? await read(source, decodedFolder) : { image: source };
    } catch (error) {
      outcome.push({ reason: reasonOf(error) });
      continue;
    }
    const { image, ...written } = result;
    const erased = writeViews(batch, image, item);
    const kept = keep && "path" in source ? { image: inSharedMemory(image) } : {};
    outcome.push({ ...written, ...kept, erased });
  }
  return outcome;
}

type Read = { image: Image } & Pick<PieceOutcome[number], "decoded" | "unwritten">;

/** The image of a file: as it was kept, or decoded and kept for the next time. */
async function read(
  { decoded, ...file }: ImageFile & { decoded?: DecodedImage },
  folder: Piece["decodedFolder"],
): Promise<Read> {
  const ready = folder && decoded && await readDecoded(folder.path, decoded, file);
  if (ready) return { image: ready };
  const image = await readImage(file);
  if (!folder?.writes) return { image };
  try {
    return { image, decoded: await writerOf(folder.path).write(file, image) };
  } catch (error) {
    return { image, unwritten: reasonOf(error) };
  }
}

/** The writers of this thread by their folders. */
const writers = new Map<string, DecodedWriter>();

function writerOf(folder: string): DecodedWriter {
  const writer = writers.get(folder) ?? new DecodedWriter(folder);
  writers.set(folder, writer);
  return writer;
}

/** What of an outcome changes its owner when another thread gets it. */
export function transferable(outcome: PieceOutcome): ArrayBuffer[] {
  return outcome.flatMap(({ erased }) =>
    Object.values(erased ?? {}).flat().flatMap(({ index, noise }) => [index.buffer, noise.buffer])
  );
}

/** An image that threads share, so that they get it without a copy. */
export function inSharedMemory({ data, ...sizes }: Image): Image {
  const copy = new Uint8Array(new SharedArrayBuffer(data.length));
  copy.set(data);
  return { ...sizes, data: copy };
}
