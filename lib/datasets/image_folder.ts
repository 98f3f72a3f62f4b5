import { basename, resolve } from "node:path";
import { decode, extensions, HEAD_BYTES } from "../images/mod.ts";
import { fingerprint } from "./fingerprint.ts";
import { folderPart, type Part } from "./folder_part.ts";
import type { Dataset, Sample } from "./sample.ts";
import { readHead } from "./slice.ts";
import { split } from "./splits.ts";

/** How a folder of images is taken. */
export type FolderOptions = {
  /** Seed of the split, where the folder has none of its own. */
  seed?: string | number;
  /** Share of each class that is held out then. */
  testPart?: number;
  /** Turns images as their EXIF orientation says. */
  exif?: boolean;
  /**
   * Whether there is to be a test part; without, one that does not fit the classes is left aside.
   */
  scored?: boolean;
};

/**
 * A data set from a folder of images, in one of these layouts (files are told by their endings and
 * sorted):
 *
 * - `train/<class>/...` and `val/<class>/...` or `test/<class>/...`;
 * - `train/<class>/...` alone or `<class>/...`: a part of every class, chosen by the seed, is held
 *   out for the test;
 * - images without class folders: no labels and no test part, for pre-training only.
 *
 * @throws {Error} If the folder is missing, unreadable or without images, or if the classes of its
 * parts disagree.
 */
export async function imageFolder(
  folder: string,
  { seed = 0, testPart = 0.2, exif = false, scored = true }: FolderOptions = {},
): Promise<Dataset> {
  const parts = await names(folder);
  const inner = parts.includes("train") ? "train/" : "";
  const train = await folderPart(folder, inner);
  const other = ["val", "test"].find((name) => parts.includes(name));
  if (train.images.length === 0) throw withoutImages(`${folder}/${inner}`, train);
  if (!inner && train.images.every(({ name }) => name === "val" || name === "test")) {
    throw new Error(
      `Cannot learn from ${folder}: it holds ${other}/ and no train/; add train/, or name ` +
        `${folder}/${other}, of which a part is held out then`,
    );
  }
  const test = inner && other ? await folderPart(folder, `${other}/`) : { images: [], notes: [] };
  const notes = [...train.notes, ...test.notes];
  const labelled = train.images[0].name !== null;
  const classes = [...new Set(train.images.map(({ name }) => name ?? ""))].sort();
  const index = new Map(classes.map((name, i) => [name, i]));
  const foreign = test.images.find(({ name }) => labelled && !index.has(name ?? ""));
  if (foreign) {
    const why = foreign.name === null
      ? `its image ${foreign.path} lies in no class`
      : `its class "${foreign.name}" is not among the ${classes.length} of ${folder}/train`;
    const advice = foreign.name === null ? "give it the folder of its class" : "add it to train/";
    if (scored) throw new Error(`Cannot score on ${folder}/${other}: ${why}; ${advice}`);
    notes.push(`${other}/ is left aside: ${why}`);
    test.images = [];
  } else if (inner && other && test.images.length === 0 && labelled) {
    notes.push(`${other}/ holds no images: ${100 * testPart} % of train/ are held out instead`);
  }
  const toSample = ({ path, name }: Part["images"][number]): Sample => ({
    id: path,
    labels: labelled ? { class: index.get(name!)! } : {},
    read: () => decode(`${folder}/${path}`, { exif }),
    head: () => readHead(`${folder}/${path}`, HEAD_BYTES),
  });
  const all = train.images.map(toSample);
  const [learn, held] = labelled && test.images.length === 0 && !foreign
    ? split(all, { level: "class", part: testPart, seed })
    : [all, labelled ? test.images.map(toSample) : []];
  const marks = [
    ...test.images.length === 0 ? [`split ${testPart} ${seed}`] : [],
    ...exif ? ["exif"] : [],
  ];
  const states = [...train.images, ...test.images].map(({ state }) => state);
  return {
    name: basename(resolve(folder)),
    train: learn,
    test: held,
    classes: labelled ? { class: classes } : {},
    fingerprint: await fingerprint([...states, ...marks]),
    notes,
  };
}

/** The names of the folders in a folder, itself being checked. */
async function names(folder: string): Promise<string[]> {
  const found = await Deno.stat(folder).catch((error) => {
    const missing = error instanceof Deno.errors.NotFound;
    const why = missing ? "there is no such folder; see that its path is right" : error.message;
    throw new Error(`Cannot read images from ${folder}: ${why}`);
  });
  if (!found.isDirectory) {
    throw new Error(
      `Cannot read images from ${folder}: it is a file; name the folder that holds the images`,
    );
  }
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch((error) => {
    throw new Error(`Cannot read the folder ${folder}: ${error.message}`);
  });
  return entries.filter(({ isFile }) => !isFile).map(({ name }) => name);
}

function withoutImages(folder: string, { notes: [lost] }: Part): Error {
  const why = lost ?? `no file there ends in ${extensions.join(", ")}`;
  return new Error(
    `Cannot find images in ${folder.replace(/\/$/, "")}: ${why}; ` +
      "name a folder that holds train/<class>/* or <class>/*",
  );
}
