import { type Config } from "../configs/mod.ts";
import { type Dataset, granules, openDataset } from "../datasets/mod.ts";
import { lengthOf } from "../pretraining/mod.ts";
import { type Observer, silent } from "./observer.ts";

/** What images are opened for. */
export type DataOptions = {
  /** Whether they are to be scored: then they need labels and a test part. */
  scored: boolean;
  imageSize: number;
  exif: boolean;
};

/**
 * The data set of a folder, or without one the procedural granules.
 *
 * @throws {Error} If the folder is missing, without images, or cannot be scored.
 */
export async function openData(
  folder: string | undefined,
  { scored, imageSize, exif }: DataOptions,
  observer: Observer = silent,
): Promise<Dataset> {
  if (folder === undefined) return granules({ size: imageSize > 64 ? 256 : 64 });
  if (Deno.permissions.querySync({ name: "ffi" }).state !== "granted") {
    throw new Error(
      `Cannot read the images in ${folder}: their decoder is native code, and Deno was not given ` +
        "--allow-ffi; start the program by deno task, or with this flag",
    );
  }
  const data = await openDataset(folder, { scored, exif });
  for (const note of data.notes ?? []) observer.tell(`note: ${note}`);
  if (scored) checkScored(data, folder);
  return data;
}

function checkScored({ classes, test }: Dataset, folder: string): void {
  const [names = []] = Object.values(classes);
  if (names.length < 2) {
    throw new Error(
      `Cannot score features on ${folder}: its images are not in folders of two classes or more; ` +
        "pretrain learns from such images, too",
    );
  }
  if (test.length === 0) {
    throw new Error(`Cannot score features on ${folder}: it holds no images to test on`);
  }
}

/**
 * Refuses a batch that is larger than the training part, and so few epochs that they make no step.
 *
 * @throws {RangeError} If it is so.
 */
export function checkLength(
  { name, train: { length } }: Dataset,
  config: Pick<Config, "batchSize" | "epochs" | "steps">,
): void {
  if (config.batchSize > length) {
    throw new RangeError(
      `\`batchSize\` ${config.batchSize} is more than the ${length} training ` +
        `${length === 1 ? "image" : "images"} of ${name}; give a smaller one`,
    );
  }
  lengthOf(config, length);
}
