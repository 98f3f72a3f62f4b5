import { escapeControls, extensions } from "../images/mod.ts";
import { type FolderLayout, folderLayout } from "./folder_layout.ts";
import type { FolderPart } from "./folder_part.ts";
import { type FolderEntries, readFolder } from "./read_folder.ts";
import type { Dataset } from "./sample.ts";
import { type FolderOptions, type LabeledPart, toDataset } from "./to_dataset.ts";

/**
 * A data set from a folder of images, in one of these layouts (paths are sorted):
 *
 * - `train/<class>/...` and `val/<class>/...` or `test/<class>/...`;
 * - `train/<class>/...` alone or `<class>/...`: a part of every class, chosen by the seed, is held
 *   out for the test;
 * - images without class folders: no labels and no test part, for pre-training only.
 *
 * Names of parts may be spelled as {@linkcode partOfFolder} knows them, in any case.
 *
 * @throws {Error} If the folder is missing, unreadable or without images, or if the classes of its
 * parts disagree.
 */
export async function imageFolder(folder: string, options: FolderOptions = {}): Promise<Dataset> {
  const root = await openFolder(folder);
  const layout = await folderLayout(folder, root, {
    exif: options.exif ?? false,
    listings: options.listings,
  });
  return await unpackedDataset(folder, layout, options);
}

/**
 * The data set of a folder whose layout is known.
 *
 * @throws {Error} If there are no images to learn from, or the classes of the parts disagree.
 */
export async function unpackedDataset(
  folder: string,
  { train, test, notes }: FolderLayout,
  options: FolderOptions,
): Promise<Dataset> {
  if (train.images.length === 0 && train.inner === "" && test && test.images.length > 0) {
    const name = escapeControls(folder), part = test.inner.slice(0, -1);
    throw new Error(
      `Cannot learn from ${name}: it holds ${part}/ and no train/; add train/, or name ` +
        `${name}/${part}, of which a part is held out then`,
    );
  }
  if (train.images.length === 0) throw withoutImages(`${folder}/${train.inner}`, notes);
  return await toDataset(
    { folder, train: named(train), test: test && named(test), notes },
    options,
  );
}

/** A part under the name of its folder. */
export function named({ inner, images }: FolderPart): LabeledPart {
  return { name: inner, images };
}

/**
 * What lies directly in a folder that a user names.
 *
 * @throws {Error} If there is no such folder, or if it cannot be read.
 */
export async function openFolder(folder: string): Promise<FolderEntries> {
  const state = await Deno.stat(folder).catch((error) => {
    const missing = error instanceof Deno.errors.NotFound;
    const why = missing ? "there is no such folder; see that its path is right" : error.message;
    throw new Error(`Cannot read images from ${escapeControls(folder)}: ${why}`);
  });
  if (!state.isDirectory) {
    throw new Error(
      `Cannot read images from ${
        escapeControls(folder)
      }: it is a file; name the folder that holds ` +
        "the images",
    );
  }
  return await readFolder(folder);
}

function withoutImages(folder: string, notes: string[]): Error {
  const why = [`no file there ends in ${extensions.join(", ")} or begins as an image`, ...notes];
  return new Error(
    `Cannot find images in ${escapeControls(folder.replace(/\/$/, ""))}: ${why.join("; ")}; ` +
      "name a folder that holds train/<class>/* or <class>/*",
  );
}
