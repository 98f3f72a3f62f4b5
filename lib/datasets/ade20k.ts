import { basename, resolve } from "node:path";
import { decode, escapeControls } from "../images/mod.ts";
import { readClassNames } from "./ade20k_classes.ts";
import { fingerprint } from "./fingerprint.ts";
import { isFolder } from "./is_folder.ts";
import { type LabelRule, readLabels } from "./labeled_file.ts";
import type { LabeledSample, LabeledSet } from "./labeled_set.ts";
import { readFolder } from "./read_folder.ts";
import { withoutEnding, withoutSlash } from "./file_names.ts";

/** How a folder in the layout of ADE20K is read. */
export type Ade20kOptions = {
  /**
   * Whether label 0 says that a pixel has no class, as in ADE20K: then label 1 is class 0. By
   * default it is so.
   */
  reduceZeroLabel?: boolean;
  /** The number of classes, where no file names them. */
  classes?: number;
};

/**
 * Opens images in the layout of ADE20K (ADEChallengeData2016): `images/training/NAME.jpg` with
 * `annotations/training/NAME.png`, whose gray values are labels, and the same of `validation`. The
 * classes are named by `objectInfo150.txt` or `.csv`, or by `classes.txt`, a name a line.
 *
 * @throws {Error} If the folder has another layout, an image has no file of labels, or the number
 * of classes is not known.
 */
export async function openAde20k(
  folder: string,
  { reduceZeroLabel = true, classes: count }: Ade20kOptions = {},
): Promise<LabeledSet> {
  const root = withoutSlash(folder);
  await checkLayout(root);
  const names = await readClassNames(root, count);
  const labels = { reduceZeroLabel, count: names.length };
  const part = async (name: string) => await openPart(root, name, labels);
  const [train, test] = [await part("training"), await part("validation")];
  if (!train.length && !test.length) throw new Error(refusal(root, "it holds no images"));
  return {
    name: basename(resolve(root)),
    train,
    test,
    classes: names,
    fingerprint: await fingerprint([
      ...[...train, ...test].map(({ id, size }) => `${id} ${size}`),
      `classes ${names.length}`,
      ...reduceZeroLabel ? [] : ["zero is a class"],
    ]),
  };
}

async function checkLayout(root: string): Promise<void> {
  for (const folder of ["images", "annotations"]) {
    if (!await isFolder(`${root}/${folder}`)) throw new Error(refusal(root, `it has no ${folder}`));
  }
}

function refusal(root: string, reason: string): string {
  return `Cannot read ${escapeControls(root)} in the layout of ADE20K: ${reason}; there must be ` +
    "images/training/NAME.jpg, annotations/training/NAME.png, and the same of validation";
}

type Entry = LabeledSample & { size: number };

/** The images of a part; none where there is no such part. */
async function openPart(root: string, part: string, labels: LabelRule): Promise<Entry[]> {
  const [images, masks] = [`${root}/images/${part}`, `${root}/annotations/${part}`];
  if (!await isFolder(images)) return [];
  const files = (await readFolder(images)).images;
  const marked = await isFolder(masks) ? (await readFolder(masks)).images : [];
  const byName = new Map(marked.map(({ name }) => [withoutEnding(name), name]));
  const lonely = files.filter(({ name }) => !byName.has(withoutEnding(name)));
  if (lonely.length) {
    throw new Error(
      `Cannot use ${lonely.length} of ${files.length} images in ${escapeControls(images)}: there ` +
        `is no ${
          escapeControls(`${masks}/${withoutEnding(lonely[0]!.name)}.png`)
        } with the labels of ` +
        `${escapeControls(lonely[0]!.name)}`,
    );
  }
  return files.map(({ name, size }): Entry => {
    const [image, mask] = [`${images}/${name}`, `${masks}/${byName.get(withoutEnding(name))}`];
    const file = { id: `${part}/${name}`, image, mask, labels };
    return {
      ...{ id: file.id, size, file },
      read: () => decode(image),
      mask: () => readLabels(file),
    };
  });
}
