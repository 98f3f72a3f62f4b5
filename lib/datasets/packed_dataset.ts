import type { FolderLayout } from "./folder_layout.ts";
import type { FolderPart } from "./folder_part.ts";
import { named } from "./image_folder.ts";
import { notesOn, row } from "./notes.ts";
import type { FolderEntries } from "./read_folder.ts";
import type { Dataset } from "./sample.ts";
import type { Shard, ShardFiles } from "./shard_files.ts";
import { shardParts } from "./shards.ts";
import { type FolderOptions, toDataset } from "./to_dataset.ts";

/** All that was found in a folder that holds archives. */
export type PackedFolder = {
  folder: string;
  root: FolderEntries;
  layout: FolderLayout;
  files: ShardFiles;
};

/**
 * The data set of a folder of which a part or both are packed in shards; `null` where they are not:
 * images in class folders, or more images than archives, are preferred to archives of their part,
 * and an archive directly in the folder is a shard only if there are shards to learn from.
 *
 * @throws {Error} If a shard is damaged, or if classes are missing or disagree.
 */
export async function packedDataset(
  { folder, root, layout, files }: PackedFolder,
  options: FolderOptions,
): Promise<Dataset | null> {
  const train = preferred(files.train, layout.train);
  const test = preferred(files.test, layout.test)
    .filter(({ path }) => train.length > 0 || path.includes("/"));
  if (train.length === 0 && (test.length === 0 || layout.train.images.length === 0)) return null;
  const parts = await shardParts(folder, { train, test }, { exif: options.exif ?? false });
  const unpacked = [
    ...parts.train ? [] : [layout.train],
    ...parts.test || !layout.test || layout.test.images.length === 0 ? [] : [layout.test],
  ];
  const testFolder = unpacked.find((part) => part === layout.test);
  return await toDataset({
    folder,
    train: parts.train ?? named(layout.train),
    test: parts.test ?? (testFolder ? named(testFolder) : null),
    numeric: parts.train !== null,
    notes: [
      ...parts.notes,
      ...unpacked.flatMap(({ notes }) => notes),
      ...leftAside(root, [...train, ...test].map(({ path }) => path), unpacked),
      ...notesOn(folder, root),
    ],
  }, options);
}

/** The archives of a part, unless it is rather there as images. */
function preferred(archives: readonly Shard[], part: FolderPart | null): readonly Shard[] {
  const { images = [], hasClasses = false } = part ?? {};
  return hasClasses || images.length > archives.length ? [] : archives;
}

/** A sentence on folders, archives and images directly in a folder that belong to no part. */
function leftAside(root: FolderEntries, shards: readonly string[], parts: FolderPart[]): string[] {
  const used = new Set(
    [...shards, ...parts.map(({ inner }) => inner)].map((path) =>
      path.includes("/") ? path.slice(0, path.indexOf("/") + 1) : path
    ),
  );
  const folders = [...root.folders, ...root.links].map((name) => `${name}/`);
  const beside = [...folders, ...root.archives].filter((name) => !used.has(name));
  if (root.images.length > 0) beside.push(`${root.images.length} images`);
  return beside.length > 0 ? [`beside the shards, these are left aside: ${row(beside, 8)}`] : [];
}
