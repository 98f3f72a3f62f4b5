import { basename, dirname, resolve } from "node:path";
import { decode, escapeControls, type Image } from "../images/mod.ts";
import type { CocoAnnotation, CocoTruth } from "../metrics/mod.ts";
import { type CocoCategory, parseCoco } from "./coco_annotations.ts";
import { cocoFiles, isFile } from "./coco_files.ts";
import { sha256 } from "./fingerprint.ts";
import { withoutSlash } from "./file_names.ts";

/** An image with the objects that are marked in it. */
export type CocoSample = {
  /** The name of its file as the annotations have it. */
  id: string;
  /** Its number in the annotations. */
  image: number;
  width: number;
  height: number;
  read(): Promise<Image>;
  /** Where it lies, if it is a file: then threads of the loader read it by themselves. */
  path?: string;
  annotations: CocoAnnotation[];
};

/** Images with objects: some to learn from, others to be scored on. */
export type CocoSet = {
  /** Its name in tables. */
  name: string;
  train: CocoSample[];
  test: CocoSample[];
  /** In the order of their numbers. */
  categories: CocoCategory[];
  /** Equal for equal annotations. */
  fingerprint: string;
  /** What a user should know of how the folder was read. */
  notes: string[];
};

/**
 * Opens images in the layout of COCO: `annotations/instances_train2017.json` with the images in
 * `train2017`, and the same of `val2017`. A folder with one `annotations.json` alone, as other
 * programs write it, is both parts at once.
 *
 * @throws {Error} If the folder has another layout, a file of annotations is damaged, images of it
 * are missing, or its parts do not have the same categories.
 */
export async function openCoco(folder: string): Promise<CocoSet> {
  const root = withoutSlash(folder);
  const files = await cocoFiles(root);
  const parts = await Promise.all([files.train, files.test].map((file) => openPart(root, file)));
  const [train, test] = files.train === files.test ? [parts[0]!, parts[0]!] : parts;
  const categories = (train!.categories.length ? train : test)!.categories
    .map(({ id, name }) => ({ id, name })).toSorted((a, b) => a.id - b.id);
  for (const part of parts) checkCategories(part, categories, root);
  checkNames(train!.categories, test!.categories, root);
  return {
    name: basename(resolve(root)),
    train: train!.samples,
    test: test!.samples,
    categories,
    fingerprint: await sha256(
      new TextEncoder().encode(parts.map(({ digest }) => digest).join("\n")),
    ),
    notes: [...files.notes, ...new Set(parts.flatMap(({ notes }) => notes))],
  };
}

/** What is scored of a part: annotations as pycocotools takes them. */
export function cocoTruth(
  samples: readonly CocoSample[],
  categories: readonly CocoCategory[],
): CocoTruth {
  return {
    images: samples.map(({ image: id, width, height }) => ({ id, width, height })),
    annotations: samples.flatMap(({ annotations }) => annotations),
    categories: [...categories],
  };
}

type Part = {
  samples: CocoSample[];
  categories: CocoCategory[];
  digest: string;
  notes: string[];
};

/** The images of a file of annotations; none without one. */
async function openPart(root: string, file: string | null): Promise<Part> {
  if (file === null) return { samples: [], categories: [], digest: "", notes: [] };
  const path = `${root}/${file}`;
  const bytes = await Deno.readFile(path).catch((error) => {
    throw new Error(`Cannot read the annotations ${escapeControls(path)}: ${error.message}`);
  });
  const { images, annotations, categories, notes } = parseCoco(bytes, path);
  const byImage = Map.groupBy(annotations, ({ image_id }) => image_id);
  const folder = await imageFolderOf(root, file, images[0]?.file_name);
  const names = images.map(({ file_name }) => checkName(file_name, path));
  await checkThere(names, folder, path);
  const samples = images.map(({ id: image, file_name, width, height }): CocoSample => ({
    ...{ id: file_name, image, width, height },
    path: `${folder}/${file_name}`,
    read: () => decode(`${folder}/${file_name}`),
    annotations: byImage.get(image) ?? [],
  }));
  return { samples, categories, digest: await sha256(bytes), notes };
}

/** Where the images of a file lie: in a folder of the part's name, or where their names say. */
async function imageFolderOf(root: string, file: string, image: string | undefined) {
  const part = basename(file).replace(/^instances_|\.json$/g, "");
  const folders = [`${root}/${part}`, `${root}/images/${part}`, `${root}/images`, root];
  if (image === undefined) return root;
  for (const folder of folders) {
    if (await isFile(`${folder}/${image}`)) return folder;
  }
  throw new Error(
    `Cannot find the image ${escapeControls(image)} of ${escapeControls(`${root}/${file}`)}: it ` +
      `is not in ${folders.map(escapeControls).join(", ")}`,
  );
}

/** Refuses names that lead out of the folder. */
function checkName(name: string, path: string): string {
  if (!name.startsWith("/") && !name.split("/").includes("..")) return name;
  throw new Error(
    `Cannot read the image ${escapeControls(name)} of ${escapeControls(path)}: it lies elsewhere`,
  );
}

/** Refuses images that are not in the folder, whose subfolders are listed once each. */
async function checkThere(names: string[], folder: string, path: string): Promise<void> {
  const groups = [...Map.groupBy(names, (name) => dirname(name))];
  const missing = await Promise.all(groups.map(async ([inner, names]) => {
    const entries = await Array.fromAsync(Deno.readDir(`${folder}/${inner}`)).catch(() => []);
    const there = new Set(entries.map(({ name }) => name));
    return names.filter((name) => !there.has(basename(name)));
  }));
  const [first, ...rest] = missing.flat();
  if (first === undefined) return;
  throw new Error(
    `Cannot find ${rest.length + 1} of ${names.length} images of ${escapeControls(path)}: the ` +
      `first is ${escapeControls(first)}, which is not in ${escapeControls(folder)}`,
  );
}

/** Refuses parts that call a category differently. */
function checkNames(train: CocoCategory[], test: CocoCategory[], root: string): void {
  const names = new Map(train.map(({ id, name }) => [id, name]));
  const other = test.find(({ id, name }) => names.has(id) && names.get(id) !== name);
  if (!other) return;
  const [before, now] = [names.get(other.id), other.name].map((name) => escapeControls(`${name}`));
  throw new RangeError(
    `Cannot read ${escapeControls(root)}: category ${other.id} is ${before} in the training part ` +
      `and ${now} in the validation part`,
  );
}

/** Refuses parts that do not have the same categories, and objects of others. */
function checkCategories(
  { samples, categories }: Part,
  all: readonly CocoCategory[],
  root: string,
): void {
  const numbers = new Set(all.map(({ id }) => id));
  const foreign = [
    ...categories.map(({ id }) => id),
    ...samples.flatMap(({ annotations }) => annotations.map(({ category_id }) => category_id)),
  ].find((id) => !numbers.has(id));
  if (foreign === undefined) return;
  throw new RangeError(
    `Cannot read ${escapeControls(root)}: an object has category ${foreign}, which is not listed`,
  );
}
