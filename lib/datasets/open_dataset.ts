import { cifar } from "./cifar.ts";
import { type FolderOptions, imageFolder } from "./image_folder.ts";
import type { Dataset } from "./sample.ts";
import { shards } from "./shards.ts";

/**
 * The data set of a folder, whichever way it lies there: tar shards, images in folders, or CIFAR's
 * binary files. Where there is a folder `train/` of images beside CIFAR's files, it is taken.
 *
 * @throws {Error} If the folder holds none of these, or one that cannot be read.
 */
export async function openDataset(folder: string, options: FolderOptions = {}): Promise<Dataset> {
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  const directory = (name: string) => entries.some((entry) => entry.name === name && !entry.isFile);
  const packed = await shards(folder, options) ??
    (directory("train") ? null : await cifar(folder, options));
  if (packed) return packed;
  if (entries.some(({ name, isFile }) => isFile && /^(data_batch_1|train)$/.test(name))) {
    throw new Error(
      `Cannot read images from ${folder}: it holds CIFAR's Python version; fetch the binary version`,
    );
  }
  return await imageFolder(folder, options).catch((error) => {
    const archive = entries.find(({ name }) => /\.(tar|tgz|gz|bz2|xz|zip)$/.test(name));
    if (!archive || !/^Cannot find images/.test(error.message)) throw error;
    throw new Error(`${error.message}; unpack ${archive.name}`);
  });
}
