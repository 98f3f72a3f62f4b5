import { printable } from "../images/mod.ts";
import { noteOn, row } from "./notes.ts";
import type { Dataset } from "./sample.ts";
import type { Shard, ShardFiles } from "./shard_files.ts";
import { type ShardImages, shardImages } from "./shard_images.ts";
import { type FolderOptions, type LabeledImage, toDataset } from "./to_dataset.ts";

/**
 * The data set of tar shards in the layout of WebDataset: files of one key (all before the first
 * point of a name) belong together, an image (`key.jpg`, ...) and its class. Without classes beside
 * the images, archives of different names are classes themselves.
 *
 * Headers are read once, here; an image is read from its place in the shard when it is needed.
 *
 * @throws {Error} If a shard is damaged, or if classes are missing or disagree.
 */
export async function shards(
  folder: string,
  files: ShardFiles,
  options: FolderOptions,
): Promise<Dataset> {
  const { exif = false } = options;
  const read = (list: readonly Shard[]) =>
    Promise.all(list.map((shard) => shardImages(folder, shard, { exif })));
  const contents = [await read(files.train), await read(files.test)] as const;
  const all = contents.flat();
  const byName = all.every(({ images }) => images.every(({ label }) => label === null));
  const imagesOf = (shard: ShardImages): LabeledImage[] =>
    byName ? shard.images.map((image) => ({ ...image, label: shard.className })) : shard.images;
  const [train, test] = [contents[0].flatMap(imagesOf), contents[1].flatMap(imagesOf)];
  if (train.length === 0) {
    const paths = [...files.train, ...files.test].map(({ path }) => path);
    throw new Error(
      `Cannot learn from ${printable(folder)}: no shard for training holds an image, among ` +
        `${paths.length}, e.g. ${row(paths, 1)}`,
    );
  }
  const classes = [...new Set(byName ? train.flatMap(({ label }) => label ?? []) : [])];
  return await toDataset({
    folder,
    train: { name: "the training part", images: train },
    test: files.test.length > 0 ? { name: "the test part", images: test } : null,
    numeric: true,
    notes: [
      ...classes.length > 0
        ? [`no image has a .cls or .json: the names of archives are its classes: ${row(classes)}`]
        : [],
      ...noteOn(files.unused, "is left aside", "archives are left aside"),
      ...noteOn(
        all.flatMap(({ further }) => further),
        "is left out, as its sample has another image",
        "images are left out, as their samples have another one",
      ),
    ],
  }, options);
}
