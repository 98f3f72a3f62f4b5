import { escapeControls } from "../images/mod.ts";
import { row } from "./notes.ts";

/** Words by which files of annotations name a part, the one that is taken first. */
const words = { train: ["train", "trainval"], test: ["val", "minival", "test"] } as const;

/** The files of annotations of both parts, by their paths in the folder. */
export type CocoFiles = { train: string | null; test: string | null; notes: string[] };

/**
 * Finds the files of annotations in a folder. Of several for a part the newest is taken, and the
 * others are noted; a file that is alone and names no part is both.
 *
 * @throws {Error} If there are none.
 */
export async function cocoFiles(root: string): Promise<CocoFiles> {
  const entries = await Array.fromAsync(Deno.readDir(`${root}/annotations`)).catch(() => []);
  const names = entries.map(({ name }) => name)
    .filter((name) => /^instances_.*\.json$/.test(name));
  const [train, test] = [partFiles(names, words.train), partFiles(names, words.test)];
  if (train.length || test.length) {
    const notes = [train, test].flatMap(([first, ...others]) =>
      others.length
        ? [`beside ${escapeControls(first!)}, these are left aside: ${row(others)}`]
        : []
    );
    return { train: train[0] ?? null, test: test[0] ?? null, notes };
  }
  const single = names.length === 1 ? `annotations/${names[0]}` : "annotations.json";
  if (await isFile(`${root}/${single}`)) {
    const note = `${escapeControls(root)} has one file of annotations: it is learned from and ` +
      "scored on";
    return { train: single, test: single, notes: [note] };
  }
  throw new Error(
    `Cannot read ${escapeControls(root)} in the layout of COCO: there must be ` +
      "annotations/instances_train2017.json with images in train2017, and the same of val2017; " +
      "or one annotations.json",
  );
}

/** The files that name a part by a whole word: by the order of the words, the newest first. */
function partFiles(names: readonly string[], words: readonly string[]): string[] {
  return words.flatMap((word) =>
    names.filter((name) =>
      name.replace(/^instances_|\.json$/g, "").split(/[^a-z]+/i).includes(word)
    )
      .sort().reverse()
  ).map((name) => `annotations/${name}`);
}

/** Whether a file is there. */
export async function isFile(path: string): Promise<boolean> {
  return (await Deno.stat(path).catch(() => null))?.isFile ?? false;
}
