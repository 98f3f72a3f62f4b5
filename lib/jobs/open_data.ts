import { type Config } from "../configs/mod.ts";
import {
  type Dataset,
  granules,
  type ImageCounts,
  labelShare,
  listed,
  openDataset,
  portion,
  readList,
} from "../datasets/mod.ts";
import { escapeControls } from "../images/mod.ts";
import { methodOf } from "../methods/mod.ts";
import { lengthOf } from "../pretraining/mod.ts";
import { userCache } from "../tensorflow/mod.ts";
import { type Observer, silent } from "./observer.ts";

/** Which images are learned from, and what is read as the original reads it. */
export type LabelRequest = {
  /** A list of images by their file names: only these are learned from. */
  labels?: string;
  /** Only so large a share of every class is learned from. */
  labelShare?: number;
  /** The most images of each part, of which the rest is left aside; by default all. */
  images?: ImageCounts | null;
  /** Whether lists, and the labels of Stanford Cars, are read with the original's oddities. */
  asOriginal?: boolean;
};

/** What images are opened for. */
export type DataOptions = LabelRequest & {
  /** Seed of the images that are drawn for a share. */
  seed?: number;
  /** Whether they are to be scored: then they need labels and a test part. */
  scored: boolean;
  imageSize: number;
  exif: boolean;
};

/**
 * The data set of a folder, or without one the procedural granules; one that is open already is
 * taken as it is.
 *
 * @throws {Error} If the folder is missing, without images, or cannot be scored.
 */
export async function openData(
  folder: string | Dataset | undefined,
  { labels, labelShare: share, images = null, seed, ...options }: DataOptions,
  observer: Observer = silent,
): Promise<Dataset> {
  const whole = portion(await openWhole(folder, options), images);
  const { asOriginal, scored } = options;
  // Before the check, since they may be the reason why it fails.
  for (const note of whole.notes ?? []) observer.tell(`note: ${note}`);
  if (scored && folder !== undefined) {
    checkScored(whole, typeof folder === "string" ? folder : whole.name);
  }
  const data = labels !== undefined
    ? await listed(whole, await readList(labels), { name: labels, asOriginal })
    : share !== undefined
    ? await labelShare(whole, share, { seed })
    : whole;
  for (const note of data.notes ?? []) {
    if (!whole.notes?.includes(note)) observer.tell(`note: ${note}`);
  }
  return data;
}

/** All images. */
async function openWhole(
  folder: string | Dataset | undefined,
  { scored, imageSize, exif, asOriginal }: DataOptions,
): Promise<Dataset> {
  if (folder === undefined) return granules({ size: imageSize > 64 ? 256 : 64 });
  if (typeof folder !== "string") return asDataset(folder);
  if (Deno.permissions.querySync({ name: "ffi" }).state !== "granted") {
    throw new Error(
      `Cannot read the images in ${escapeControls(folder)}: their decoder is native code, and ` +
        "Deno was not given --allow-ffi; start the program by deno task, or with this flag",
    );
  }
  const cache = userCache();
  return await openDataset(folder, {
    ...{ scored, exif, asOriginal },
    ...cache && { listings: `${cache}/listings` },
  });
}

/** Refuses what is neither a folder nor a data set, such as a list of files. */
function asDataset(data: Dataset): Dataset {
  const lists = [data?.train, data?.test];
  // A set for other protocols has a list of classes, or none.
  const { classes } = data ?? {};
  const leveled = typeof classes === "object" && classes !== null && !Array.isArray(classes);
  if (lists.every(Array.isArray) && leveled) return data;
  throw new TypeError(
    "`data` takes the path of a folder, or a data set such as `openDataset` or `granules` makes, " +
      `not ${typeof data === "object" && data !== null ? "another object" : data}`,
  );
}

function checkScored({ classes, train, test }: Dataset, path: string): void {
  const folder = escapeControls(path);
  const [names = []] = Object.values(classes);
  if (names.length < 2) {
    throw new Error(
      `Cannot score features on ${folder}: its images are not in folders of two classes or more; ` +
        "pretrain learns from such images, too",
    );
  }
  for (const [level, { length }] of Object.entries(classes)) {
    const most = [...train, ...test].reduce(
      (most, { labels }) => Math.max(most, labels[level]!),
      0,
    );
    if (most < length) continue;
    throw new Error(
      `Cannot score features on ${folder}: a head of ${length} outputs has none for the label ` +
        `${most} of an image; read it without the original's oddities`,
    );
  }
  if (test.length === 0) {
    throw new Error(`Cannot score features on ${folder}: it holds no images to test on`);
  }
}

/**
 * Refuses a batch that is larger than the training part, so few epochs that they make no step, and
 * fewer images than the method needs.
 *
 * @throws {RangeError} If it is so.
 */
export function checkLength(
  { name, train: { length } }: Dataset,
  config: Config,
): void {
  if (config.batchSize > length) {
    throw new RangeError(
      `\`batchSize\` ${config.batchSize} is more than the ${length} training ` +
        `${length === 1 ? "image" : "images"} of ${escapeControls(name)}; give a smaller one`,
    );
  }
  lengthOf(config, length);
  methodOf(config).checkImages?.(config, length);
}
