import { basename, resolve } from "node:path";
import { decode, escapeControls, type Image } from "../images/mod.ts";
import type { CocoAnnotation, CocoTruth } from "../metrics/mod.ts";
import { sha256 } from "./fingerprint.ts";

/** An image with the objects that are marked in it. */
export type CocoSample = {
  /** The name of its file as the annotations have it. */
  id: string;
  /** Its number in the annotations. */
  image: number;
  width: number;
  height: number;
  read(): Promise<Image>;
  annotations: CocoAnnotation[];
};

/** A category of objects. */
export type CocoCategory = { id: number; name: string };

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

/** A file of annotations as it lies. */
type Stored = {
  images: { id: number; file_name: string; width: number; height: number }[];
  annotations: CocoAnnotation[];
  categories: CocoCategory[];
};

/**
 * Opens images in the layout of COCO: `annotations/instances_train2017.json` with the images in
 * `train2017`, and the same of `val2017`. A folder with one `annotations.json` alone, as other
 * programs write it, is both parts at once.
 *
 * @throws {Error} If the folder has another layout, or a file of annotations is damaged.
 */
export async function openCoco(folder: string): Promise<CocoSet> {
  const root = folder.replace(/(?<=.)\/+$/, "");
  const files = await annotationFiles(root);
  const parts = await Promise.all([files.train, files.test].map((file) => openPart(root, file)));
  const [train, test] = files.train === files.test ? [parts[0]!, parts[0]!] : parts;
  const categories = (train!.categories.length ? train : test)!.categories
    .map(({ id, name }) => ({ id, name })).toSorted((a, b) => a.id - b.id);
  for (const part of parts) checkCategories(part, categories, root);
  return {
    name: basename(resolve(root)),
    train: train!.samples,
    test: test!.samples,
    categories,
    fingerprint: await sha256(
      new TextEncoder().encode(parts.map(({ digest }) => digest).join("\n")),
    ),
    notes: files.train === files.test
      ? [`${escapeControls(root)} has one file of annotations: it is learned from and scored on`]
      : [],
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

type PartFiles = { train: string | null; test: string | null };

/** The files of annotations of both parts, by their paths in the folder. */
async function annotationFiles(root: string): Promise<PartFiles> {
  const entries = await Array.fromAsync(Deno.readDir(`${root}/annotations`)).catch(() => []);
  const names = entries.map(({ name }) => name)
    .filter((name) => /^instances_.*\.json$/.test(name)).sort();
  const pathOf = (pattern: RegExp) => {
    const name = names.find((name) => pattern.test(name));
    return name === undefined ? null : `annotations/${name}`;
  };
  const [train, test] = [pathOf(/train/), pathOf(/val|test/)];
  if (train ?? test) return { train, test };
  const single = names.length === 1 ? `annotations/${names[0]}` : "annotations.json";
  if (await isFile(`${root}/${single}`)) return { train: single, test: single };
  throw new Error(
    `Cannot read ${escapeControls(root)} in the layout of COCO: there must be ` +
      "annotations/instances_train2017.json with images in train2017, and the same of val2017; " +
      "or one annotations.json",
  );
}

type Part = { samples: CocoSample[]; categories: CocoCategory[]; digest: string };

/** The images of a file of annotations; none without one. */
async function openPart(root: string, file: string | null): Promise<Part> {
  if (file === null) return { samples: [], categories: [], digest: "" };
  const path = `${root}/${file}`;
  const bytes = await Deno.readFile(path).catch((error) => {
    throw new Error(`Cannot read the annotations ${escapeControls(path)}: ${error.message}`);
  });
  const { images, annotations, categories } = parse(bytes, path);
  const byImage = Map.groupBy(annotations, ({ image_id }) => image_id);
  const folder = await imageFolderOf(root, file, images[0]?.file_name);
  const samples = images.map(({ id: image, file_name, width, height }): CocoSample => ({
    ...{ id: file_name, image, width, height },
    read: () => decode(`${folder}/${checkName(file_name, path)}`),
    annotations: byImage.get(image) ?? [],
  }));
  return { samples, categories, digest: await sha256(bytes) };
}

function parse(bytes: Uint8Array, path: string): Stored {
  const name = escapeControls(path);
  let stored: Partial<Stored> | null;
  try {
    stored = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new SyntaxError(`Cannot read the annotations ${name}: ${(error as Error).message}`);
  }
  for (const field of ["images", "annotations", "categories"] as const) {
    if (Array.isArray(stored?.[field])) continue;
    throw new TypeError(`Cannot read the annotations ${name}: they have no list "${field}"`);
  }
  return stored as Stored;
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

async function isFile(path: string): Promise<boolean> {
  return (await Deno.stat(path).catch(() => null))?.isFile ?? false;
}
