import { type FolderEntries, readFolder } from "./read_folder.ts";
import { withoutSlash } from "./file_names.ts";

/** A file that is an image by the ending of its name or by its first bytes. */
export type ImageFile = {
  /** Its path below the folder. */
  path: string;
  /** Bytes. */
  size: number;
};

/** What lies below a folder, by paths that begin there; sorted. */
export type Listing = {
  images: ImageFile[];
  /** The folders directly below it; links to folders are left out, as they may lead back. */
  folders: string[];
  archives: string[];
  /** Other files. */
  others: string[];
  /** Paths that end as those of images and lead to no file: links to nowhere, pipes. */
  lost: string[];
  /** Paths with names whose bytes are no UTF-8: nothing can be opened by them. */
  undecodable: string[];
  /** Folders of the system, which are not entered. */
  system: string[];
};

type Folder = { path: string; prefix: string };

/** Kinds of entries that are listed by their paths alone. */
const kinds = ["archives", "others", "lost", "undecodable", "system"] as const;

/**
 * The images below a folder, and what else lies there. Hidden files are left out. Links are
 * followed, and every folder is entered once: by its own path where it lies below, else by the
 * first link to it.
 *
 * @param without Names of folders directly below it that are left out.
 * @param entering Is told every folder before it is read.
 * @throws {Error} If a folder cannot be read.
 */
export async function listImages(
  folder: string,
  without: readonly string[] = [],
  entering: (path: string) => Promise<void> = async () => {},
): Promise<Listing> {
  const listing: Listing = {
    images: [],
    folders: [],
    archives: [],
    others: [],
    lost: [],
    undecodable: [],
    system: [],
  };
  const visited = new Set<string>();
  let links: Folder[] = [];
  let front: Folder[] = [{ path: withoutSlash(folder), prefix: "" }];
  while (front.length > 0) {
    const real = await Promise.all(front.map(realPath));
    const unvisited = front.filter((_, i) => !visited.has(real[i]!) && visited.add(real[i]!));
    const contents = await Promise.all(unvisited.map(async ({ path }) => {
      await entering(path);
      return await readFolder(path);
    }));
    front = [];
    for (const [i, entries] of contents.entries()) {
      const parent = unvisited[i]!;
      const belongs = (name: string) => parent.prefix !== "" || !without.includes(name);
      const folders = entries.folders.filter(belongs);
      add(listing, { ...entries, folders }, parent.prefix);
      for (const name of folders) front.push(within(parent, name));
      for (const name of entries.links.filter(belongs)) links.push(within(parent, name));
    }
    if (front.length === 0) [front, links] = [links, []];
    front.sort(byPath);
  }
  listing.images.sort(byPath);
  for (const kind of kinds) listing[kind].sort();
  return listing;
}

function add(listing: Listing, entries: FolderEntries, prefix: string): void {
  for (const { name, size } of entries.images) listing.images.push({ path: prefix + name, size });
  for (const kind of kinds) for (const name of entries[kind]) listing[kind].push(prefix + name);
  if (prefix === "") listing.folders.push(...entries.folders);
}

function within({ path, prefix }: Folder, name: string): Folder {
  return { path: `${path}/${name}`, prefix: `${prefix}${name}/` };
}

function realPath({ path }: Folder): Promise<string> {
  return Deno.realPath(path).catch((error) => {
    throw new Error(`Cannot read the folder ${path}: ${error.message}`);
  });
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : 1;
}
