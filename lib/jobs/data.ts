import type { Config } from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { say } from "../cli/mod.ts";

/** A path as the user meant it: `deno task` runs in the project's folder and notes where it was called. */
export function userPath(path: string): string {
  const from = Deno.env.get("INIT_CWD");
  const absolute = path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path);
  return absolute || !from ? path : `${from}/${path}`;
}

/**
 * The data set of a folder, or without one the procedural granules.
 *
 * @param scored Whether it is to be scored: then it needs labels and a test part.
 * @throws {Error} If the folder is missing, without images, or cannot be scored.
 */
export async function openData(
  folder: string | undefined,
  { scored, imageSize, exif }: { scored: boolean; imageSize: number; exif: boolean },
): Promise<Dataset> {
  const { granules, openDataset } = await import("../datasets/mod.ts");
  if (folder === undefined) return granules({ size: imageSize > 64 ? 256 : 64 });
  if (Deno.permissions.querySync({ name: "ffi" }).state !== "granted") {
    throw new Error(
      `Cannot read the images in ${folder}: their decoder is native code, and Deno was not given ` +
        "--allow-ffi; start the program by deno task, or with this flag",
    );
  }
  const data = await openDataset(userPath(folder), { scored, exif });
  for (const note of data.notes ?? []) say(`note: ${note}`);
  const [level] = Object.keys(data.classes);
  if (scored && (level === undefined || data.classes[level].length < 2)) {
    throw new Error(
      `Cannot score features on ${folder}: its images are not in folders of two classes or more; ` +
        "pretrain learns from such images, too",
    );
  }
  if (scored && data.test.length === 0) {
    throw new Error(`Cannot score features on ${folder}: nothing is left to be tested on`);
  }
  return data;
}

/**
 * Refuses a batch that is larger than the training part, and so few epochs that they make no step.
 *
 * @throws {RangeError} If it is so.
 */
export async function checkLength(
  data: Dataset,
  config: Pick<Config, "batchSize" | "epochs" | "steps">,
): Promise<void> {
  const { lengthOf } = await import("../pretraining/mod.ts");
  const { length } = data.train;
  if (config.batchSize > length) {
    throw new RangeError(
      `--batch-size ${config.batchSize} is more than the ${length} training ${
        length === 1 ? "image" : "images"
      } of ${data.name}; give a smaller one`,
    );
  }
  lengthOf(config, length);
}

/**
 * Refuses a path to write to that lies within a file, before any work is done.
 *
 * @throws {Error} If it does.
 */
export async function checkPlace(path: string): Promise<void> {
  for (let at = path; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf("/")))) {
    const found = await Deno.stat(at).catch(() => null);
    if (found?.isDirectory) return;
    if (found) throw new Error(`Cannot write to ${path}: ${at} is a file; name another place`);
  }
}

/**
 * Refuses a file to write whose folder is not there, before any work is done.
 *
 * @throws {Error} If it is not.
 */
export async function checkFolderOf(file: string): Promise<void> {
  const folder = file.slice(0, file.lastIndexOf("/")) || ".";
  if ((await Deno.stat(folder).catch(() => null))?.isDirectory) return;
  throw new Error(`Cannot write ${file}: there is no folder ${folder}; make it first`);
}
