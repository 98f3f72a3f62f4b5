import { basename, resolve } from "node:path";
import { decode, extensions } from "../images/mod.ts";
import type { Dataset, Sample } from "./sample.ts";
import { listImages } from "./list_images.ts";
import { split } from "./splits.ts";

/** How a folder of images is taken. */
export type ImageFolderOptions = {
  /** Seed of the split, where the folder has none of its own. */
  seed?: string | number;
  /** Share of each class that is held out then. */
  testPart?: number;
};

/** A file: its path below the folder, its class and what tells whether it has changed. */
type Entry = { path: string; name: string | null; state: string };

/**
 * A data set from a folder of images, in one of these layouts (files are told by their endings and sorted):
 *
 * - `train/<class>/...` and `val/<class>/...` or `test/<class>/...`;
 * - `train/<class>/...` alone or `<class>/...`: a part of every class, chosen by the seed, is held out for the test;
 * - images without class folders: no labels and no test part, for pre-training only.
 *
 * @throws {Error} If the folder is missing, unreadable or without images, or if the classes of its parts disagree.
 */
export async function imageFolder(
  folder: string,
  { seed = 0, testPart = 0.2 }: ImageFolderOptions = {},
): Promise<Dataset> {
  const parts = await subfolders(folder);
  const inner = parts.includes("train") ? "train/" : "";
  const train = await entries(folder, inner);
  if (train.length === 0) {
    throw new Error(
      `Cannot find images in ${inner ? `${folder}/train` : folder}: no file there ends in ${
        extensions.join(", ")
      }`,
    );
  }
  const other = inner && ["val", "test"].find((name) => parts.includes(name));
  const test = other ? await entries(folder, `${other}/`) : [];
  const labelled = train.every(({ name }) => name !== null);
  const names = labelled ? [...new Set(train.map(({ name }) => name!))].sort() : [];
  const index = new Map(names.map((name, i) => [name, i]));
  const foreign = test.find(({ name }) => labelled && !index.has(name!));
  if (foreign) {
    throw new Error(
      `Cannot score on ${folder}/${other}: ` +
        (foreign.name === null
          ? `its image ${foreign.path} lies in no class`
          : `its class "${foreign.name}" is not among the ${names.length} of ${folder}/train`),
    );
  }
  const toSample = ({ path, name }: Entry): Sample => ({
    id: path,
    labels: labelled ? { class: index.get(name!)! } : {},
    read: () => decode(`${folder}/${path}`),
  });
  const all = train.map(toSample);
  const [learn, held] = labelled && test.length === 0
    ? split(all, { level: "class", part: testPart, seed })
    : [all, labelled ? test.map(toSample) : []];
  const marks = test.length === 0 ? [`split ${testPart} ${seed}`] : [];
  return {
    name: basename(resolve(folder)),
    train: learn,
    test: held,
    classes: labelled ? { class: names } : {},
    fingerprint: await digest([...train, ...test].map(({ state }) => state).concat(marks)),
  };
}

/** The names of the folders in a folder, itself being checked. */
async function subfolders(folder: string): Promise<string[]> {
  const found = await Deno.stat(folder).catch((error) => {
    const missing = error instanceof Deno.errors.NotFound;
    throw new Error(
      `Cannot read images from ${folder}: ${missing ? "there is no such folder" : error.message}`,
    );
  });
  if (!found.isDirectory) {
    throw new Error(`Cannot read images from ${folder}: it is a file, not a folder`);
  }
  const names = [];
  for await (const { name, isFile } of Deno.readDir(folder)) if (!isFile) names.push(name);
  return names;
}

/** The images below a part of the folder; their class is the first folder, unless some lie in none. */
async function entries(folder: string, part: string): Promise<Entry[]> {
  const files = await listImages(`${folder}/${part}`);
  const flat = files.some(({ path }) => !path.includes("/"));
  return files.map(({ path, size, changed }) => ({
    path: part + path,
    name: flat ? null : path.slice(0, path.indexOf("/")),
    state: `${part}${path} ${size} ${changed}`,
  }));
}

async function digest(lines: string[]): Promise<string> {
  const bytes = new TextEncoder().encode(lines.join("\n"));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
