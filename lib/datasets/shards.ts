import { escapeControls } from "../images/mod.ts";
import { noteOn, row } from "./notes.ts";
import type { Shard, ShardFiles } from "./shard_files.ts";
import { type ShardImages, shardImages } from "./shard_images.ts";
import type { ImageEntry, LabeledPart } from "./to_dataset.ts";

/** The parts of a data set that are packed in shards. */
export type ShardParts = {
  train: LabeledPart | null;
  test: LabeledPart | null;
  /** Sentences on what was taken for what, and on what was left out. */
  notes: string[];
};

/**
 * The images of tar shards in the layout of WebDataset: files of one key (all before the first
 * point of a name) belong together, an image (`key.jpg`, ...) and its class. Without classes beside
 * the images, archives of different names are classes themselves.
 *
 * Headers are read once, here; an image is read from its place in the shard when it is needed.
 *
 * @throws {Error} If a shard is damaged, or if none to learn from holds an image.
 */
export async function shardParts(
  folder: string,
  files: Pick<ShardFiles, "train" | "test">,
  options: { exif: boolean },
): Promise<ShardParts> {
  const read = (list: readonly Shard[]) =>
    Promise.all(list.map((shard) => shardImages(folder, shard, options)));
  const train = await read(files.train), test = await read(files.test);
  const all = [...train, ...test];
  const byName = all.every(({ images }) => images.every(({ label }) => label === null));
  const imagesOf = (shard: ShardImages): ImageEntry[] =>
    byName ? shard.images.map((image) => ({ ...image, label: shard.className })) : shard.images;
  if (train.length > 0 && train.every(({ images }) => images.length === 0)) {
    const paths = [...files.train, ...files.test].map(({ path }) => path);
    throw new Error(
      `Cannot learn from ${escapeControls(folder)}: no shard for training holds an image, among ` +
        `${paths.length}, e.g. ${row(paths, 1)}`,
    );
  }
  const part = (name: string, shards: ShardImages[]): LabeledPart | null =>
    shards.length === 0 ? null : { name, images: shards.flatMap(imagesOf) };
  const classes = new Set(byName ? all.flatMap(({ className }) => className ?? []) : []);
  return {
    train: part("the training part", train),
    test: part("the test part", test),
    notes: [
      ...classes.size > 0
        ? [`no image has a .cls or .json: names of archives are the classes: ${row([...classes])}`]
        : [],
      ...byName && classes.size === 0 ? foldersWithin(all) : [],
      ...noteOn(
        all.flatMap(({ further }) => further),
        "is left out, as its sample has another image",
        "images are left out, as their samples have another one",
      ),
    ],
  };
}

/** A sentence on folders within archives that look like classes. */
function foldersWithin(shards: readonly ShardImages[]): string[] {
  const ids = shards.flatMap(({ path, images }) =>
    images.map(({ id }) => id.slice(path.length).replace(/^[./]+/, ""))
  );
  const folders = new Set(ids.map((id) => id.slice(0, Math.max(0, id.indexOf("/")))));
  if (folders.has("") || folders.size < 2) return [];
  return [
    `no image has a .cls or .json, and folders within archives are no classes: ` +
    `${row([...folders].sort())}; unpack the archives to learn them`,
  ];
}
