import { escapeControls } from "../images/mod.ts";
import { cifarFolder } from "./cifar.ts";
import { displayedDataset } from "./displayed_dataset.ts";
import { folderLayout } from "./folder_layout.ts";
import { openFolder, unpackedDataset } from "./image_folder.ts";
import { row } from "./notes.ts";
import { readOfficial } from "./official/read_official.ts";
import { packedDataset } from "./packed_dataset.ts";
import { partFolders } from "./part_names.ts";
import { endingOf, type FolderEntries } from "./read_folder.ts";
import type { Dataset } from "./sample.ts";
import { shardFiles } from "./shard_files.ts";
import type { FolderOptions } from "./to_dataset.ts";

/**
 * The data set of a folder, in any layout: tar shards, images in folders, CIFAR's files, or the
 * published files of Flowers-102, Stanford Cars or iNaturalist.
 * A folder `train/` of images beside CIFAR's files is preferred to them.
 *
 * @throws {Error} If the folder holds none of these, or one that cannot be read.
 */
export async function openDataset(folder: string, options: FolderOptions = {}): Promise<Dataset> {
  const root = await openFolder(folder);
  const directories = [...root.folders, ...root.links];
  const cifar = partFolders(directories).train === null ? await cifarFolder(folder, options) : null;
  if (cifar) return withNote(cifar, directories);
  const official = await readOfficial(folder, root, options);
  if (official) return official;
  const layout = await folderLayout(folder, root, {
    exif: options.exif ?? false,
    listings: options.listings,
  });
  const files = await shardFiles(folder, root);
  const packed = files && await packedDataset({ folder, root, layout, files }, options);
  if (packed) return packed;
  return await unpackedDataset(folder, layout, options).catch((error) => {
    throw withArchives(error, root);
  });
}

/** CIFAR, with a sentence on the folders beside its files. */
function withNote(cifar: Dataset, folders: readonly string[]): Dataset {
  const others = folders.filter((name) => !name.startsWith("cifar-")).map((name) => `${name}/`);
  if (others.length === 0) return cifar;
  const note = `beside CIFAR's files, these are left aside: ${row(others)}`;
  return displayedDataset({ ...cifar, notes: [...cifar.notes ?? [], note] });
}

/** An error that names an archive which may hold the images that are missing. */
function withArchives(error: Error, { archives, others }: FolderEntries): Error {
  const packed = [".tgz", ".gz", ".bz2", ".xz", ".zst", ".zip", ".rar", ".7z"];
  const name = [...archives, ...others.filter((name) => packed.includes(endingOf(name)))][0];
  if (name === undefined || !/^Cannot find images/.test(error.message)) return error;
  return new Error(`${error.message}; unpack ${escapeControls(name)}`, { cause: error });
}
