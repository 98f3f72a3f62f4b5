import { extensions } from "../images/mod.ts";

/** A file that is taken for an image by its ending. */
export type ImageFile = {
  /** Its path below the folder. */
  path: string;
  /** Bytes. */
  size: number;
  /** When it was last changed, in milliseconds. */
  changed: number;
};

/** What lies below a folder. */
export type Listing = {
  /** Sorted by path. */
  images: ImageFile[];
  /** Paths that end as images do and lead to no file: links to nowhere, pipes. Sorted. */
  lost: string[];
};

/**
 * The images below a folder. Hidden files are left out. Links are followed, and every folder is
 * entered once: by its own path where it lies below, else by the first link to it.
 *
 * @throws {Error} If a folder cannot be read.
 */
export async function listImages(folder: string): Promise<Listing> {
  const listing: Listing = { images: [], lost: [] };
  const entered = new Set<string>();
  let links: Folder[] = [];
  let front: Folder[] = [{ path: folder.replace(/(?<=.)\/+$/, ""), prefix: "" }];
  while (front.length > 0) {
    const real = await Promise.all(
      front.map(({ path }) => Deno.realPath(path).catch((error) => refuse(path, error))),
    );
    const unseen = front.filter((_, i) => !entered.has(real[i]) && entered.add(real[i]));
    const found = await Promise.all(unseen.map((folder) => look(folder, listing)));
    front = found.flatMap(({ folders }) => folders).sort(byPath);
    links.push(...found.flatMap(({ links }) => links));
    if (front.length > 0) continue;
    front = links.sort(byPath);
    links = [];
  }
  listing.images.sort(byPath);
  listing.lost.sort();
  return listing;
}

type Folder = { path: string; prefix: string };

/** Notes the images of one folder; returns the folders in it. */
async function look(
  { path, prefix }: Folder,
  listing: Listing,
): Promise<{ folders: Folder[]; links: Folder[] }> {
  const folders: Folder[] = [], links: Folder[] = [];
  const entries = await Array.fromAsync(Deno.readDir(path))
    .catch((error) => refuse(path, error));
  await Promise.all(entries.map(async ({ name, isFile, isSymlink }) => {
    if (name.startsWith(".")) return;
    const image = extensions.includes(name.slice(name.lastIndexOf(".")).toLowerCase());
    if (isFile && !image) return;
    const state = await Deno.stat(`${path}/${name}`).catch(() => null); // a link may lead nowhere
    if (state?.isDirectory) {
      const inner = { path: `${path}/${name}`, prefix: `${prefix}${name}/` };
      (isSymlink ? links : folders).push(inner);
    } else if (image && state?.isFile) {
      const { size, mtime } = state;
      listing.images.push({ path: prefix + name, size, changed: mtime?.getTime() ?? 0 });
    } else if (image) listing.lost.push(prefix + name);
  }));
  return { folders, links };
}

function refuse(path: string, { message }: Error): never {
  throw new Error(`Cannot read the folder ${path}: ${message}`);
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : 1;
}
