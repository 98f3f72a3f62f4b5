import { escapeControls, extensions, HEAD_BYTES, refusal, withOpenFile } from "../images/mod.ts";
import { readHead } from "./slice.ts";
import { isHidden, isSystemFile, isSystemFolder } from "./system_files.ts";

/** Names of what lies directly in a folder, hidden files apart. */
export type FolderEntries = {
  folders: string[];
  /** Links to folders. */
  links: string[];
  /** Files that are images by the ending of their name or by their first bytes. */
  images: { name: string; size: number }[];
  /** Tar archives. */
  archives: string[];
  /** Other files. */
  others: string[];
  /** Names that end as those of images and lead to no file: links to nowhere, pipes. */
  lost: string[];
  /** Names whose bytes are no UTF-8: nothing can be opened by them. */
  undecodable: string[];
  /** Folders of the system. */
  system: string[];
};

type Kind = keyof FolderEntries | null;

/** Endings of files that are not looked into, as they are no images. */
const notImages = new Set(
  ("txt md rst pdf doc docx html htm xml json jsonl yaml yml toml ini cfg csv tsv xlsx log " +
    "py ipynb js ts sh m c h cpp java mat npy npz pt pth pkl h5 hdf5 tfrecord parquet arrow " +
    "safetensors onnx bin db sqlite lmdb mdb zip gz tgz bz2 xz zst rar 7z mp3 wav mp4 avi mov " +
    "mkv webm part tmp crdownload bak swp lock").split(" ").map((ending) => `.${ending}`),
);

/** The ending of a file's name in small letters, `""` where it has none. */
export function endingOf(name: string): string {
  const at = name.lastIndexOf(".");
  return at > name.lastIndexOf("/") + 1 ? name.slice(at).toLowerCase() : "";
}

/**
 * What lies directly in a folder.
 *
 * @throws {Error} If the folder cannot be read.
 */
export async function readFolder(path: string): Promise<FolderEntries> {
  const list: FolderEntries = {
    folders: [],
    links: [],
    images: [],
    archives: [],
    others: [],
    lost: [],
    undecodable: [],
    system: [],
  };
  const entries = await withOpenFile(() => Array.fromAsync(Deno.readDir(path))).catch((error) => {
    throw new Error(`Cannot read the folder ${escapeControls(path)}: ${error.message}`);
  });
  await Promise.all(entries.map(async (entry) => {
    const [kind, size] = await look(path, entry);
    if (kind === "images") list.images.push({ name: entry.name, size });
    else if (kind) list[kind].push(entry.name);
  }));
  list.images.sort((a, b) => a.name < b.name ? -1 : 1);
  for (const [kind, names] of Object.entries(list)) if (kind !== "images") names.sort();
  return list;
}

/** What an entry is, and its size if it is an image. */
async function look(folder: string, entry: Deno.DirEntry): Promise<[kind: Kind, size: number]> {
  const { name, isFile, isDirectory } = entry;
  if (isHidden(name)) return [null, 0];
  const path = `${folder}/${name}`, ending = endingOf(name), garbled = name.includes("\ufffd");
  if (isDirectory && !garbled) return [isSystemFolder(name) ? "system" : "folders", 0];
  if (isFile && isSystemFile(name)) return [null, 0];
  if (isFile && !garbled && notImages.has(ending)) return ["others", 0];
  const state = await Deno.stat(path).catch(() => null);
  const named = extensions.includes(ending);
  if (state?.isDirectory) return [isDirectory ? "folders" : "links", 0];
  if (!state?.isFile) return [garbled ? "undecodable" : named ? "lost" : null, 0];
  if (ending === ".tar") return ["archives", 0];
  if (notImages.has(ending)) return ["others", 0];
  return [named || await beginsAsImage(path) ? "images" : "others", state.size];
}

async function beginsAsImage(path: string): Promise<boolean> {
  const head = await readHead(path, HEAD_BYTES).catch(() => null);
  return head !== null && refusal(head) === null;
}
