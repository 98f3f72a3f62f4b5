import { withOpenFile } from "../images/mod.ts";
import { evenlySpaced } from "./evenly_spaced.ts";
import { fingerprint } from "./fingerprint.ts";
import { type ImageFile, listImages, type Listing } from "./list_images.ts";

/** Where listings of many images are kept. */
export type ListingStore = {
  /** A folder, which is made where it is not there. */
  folder: string;
  /** The least images whose listing is kept: others are listed as fast. */
  least?: number;
};

/** What a kept listing says before its images. */
type Head = Omit<Listing, "images"> & {
  version: typeof version;
  /** The folders that were entered, and when each was last changed, in milliseconds. */
  entered: [path: string, changed: number][];
};

/** The form of the file. */
const version = 1;

/** Files whose sizes are compared, of all that a listing names. */
const compared = 2048;

/**
 * What {@linkcode listImages} says, from a file where it has been said before and still holds: no
 * folder has changed since, so no file has come, gone or been renamed, and some thousand files have
 * the sizes that they had. A file that is written anew in its place may go unnoticed.
 */
export async function keptListing(
  folder: string,
  without: readonly string[],
  { folder: store, least = 50_000 }: ListingStore,
): Promise<Listing> {
  const key = await fingerprint([await Deno.realPath(folder), ...without]);
  const file = `${store}/${key.slice(0, 32)}.list`;
  const stored = await read(file).catch(() => null);
  if (stored && await holds(folder, stored)) return stored.listing;
  const entered: Head["entered"] = [];
  const listing = await listImages(folder, without, async (path) => {
    entered.push([path, await changedAt(path)]);
  });
  if (listing.images.length >= least) await write(file, { listing, entered }).catch(() => {});
  return listing;
}

type Stored = { listing: Listing; entered: Head["entered"] };

async function holds(folder: string, { listing: { images }, entered }: Stored): Promise<boolean> {
  const unchanged = await Promise.all(
    entered.map(async ([path, changed]) => await changedAt(path).catch(() => NaN) === changed),
  );
  if (unchanged.includes(false)) return false;
  const samples = evenlySpaced(compared, images.length).map((i) => images[i]!);
  const sizes = await Promise.all(
    samples.map(({ path }) => stat(`${folder}/${path}`).then(({ size }) => size, () => null)),
  );
  return samples.every(({ size }, i) => size === sizes[i]);
}

/** When a folder was last changed, in milliseconds. */
async function changedAt(path: string): Promise<number> {
  return (await stat(path)).mtime?.getTime() ?? NaN;
}

function stat(path: string): Promise<Deno.FileInfo> {
  return withOpenFile(() => Deno.stat(path));
}

/** The first line is JSON; behind it each image has its path and its size, which end with zeros. */
async function write(file: string, { listing, entered }: Stored): Promise<void> {
  const { images, ...others } = listing;
  const head: Head = { version, ...others, entered };
  await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
  const part = `${file}.${crypto.randomUUID()}`;
  {
    using output = await Deno.open(part, { write: true, createNew: true });
    const writer = output.writable.getWriter();
    await writer.write(encoder.encode(`${JSON.stringify(head)}\n`));
    for (let first = 0; first < images.length; first += 10_000) {
      const some = images.slice(first, first + 10_000);
      await writer.write(
        encoder.encode(some.map(({ path, size }) => `${path}\0${size}\0`).join("")),
      );
    }
    await writer.close();
  }
  await Deno.rename(part, file); // whole, or not at all
}

async function read(file: string): Promise<Stored | null> {
  const text = new TextDecoder().decode(await Deno.readFile(file));
  const line = text.indexOf("\n");
  const { version: written, entered, ...others }: Head = JSON.parse(text.slice(0, line));
  if (written !== version) return null;
  const images: ImageFile[] = [];
  for (let at = line + 1; at < text.length;) {
    const middle = text.indexOf("\0", at), end = text.indexOf("\0", middle + 1);
    images.push({ path: text.slice(at, middle), size: Number(text.slice(middle + 1, end)) });
    at = end + 1;
  }
  return { listing: { images, ...others }, entered };
}

const encoder = new TextEncoder();
