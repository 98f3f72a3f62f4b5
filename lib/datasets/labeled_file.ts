import { decode, decodeMask, escapeControls, type Image, type Mask } from "../images/mod.ts";
import type { LabeledImage } from "../transforms/mod.ts";

/** How labels in a file stand for classes. */
export type LabelRule = {
  /** Whether label 0 says that a pixel has no class; then label 1 is class 0. */
  reduceZeroLabel: boolean;
  /** The number of classes. */
  count: number;
};

/** An image file and a file with the labels of its pixels. */
export type LabeledFile = { id: string; image: string; mask: string; labels: LabelRule };

/** The label of pixels without class. */
const NONE = 255;

/**
 * The image of files with the class of each of its pixels.
 *
 * @throws {TypeError} If a file is none of labels.
 * @throws {RangeError} If the sizes of image and labels differ, or a label is that of no class.
 */
export async function readLabeledFile(file: LabeledFile): Promise<LabeledImage> {
  const [image, mask] = await Promise.all([decode(file.image), readLabels(file)]);
  checkLabeled(file.id, image, mask);
  return { image, mask };
}

/** The class of each pixel as a file says, or 255 where it has none. */
export async function readLabels(
  { mask: path, labels }: Pick<LabeledFile, "mask" | "labels">,
): Promise<Mask> {
  const mask = await decodeMask(await Deno.readFile(path)).catch((error) => {
    throw new TypeError(`Cannot read the labels ${escapeControls(path)}: ${error.message}`);
  });
  return classesOf(mask, path, labels);
}

/**
 * Refuses labels that are not of the size of their image, or the other way round.
 *
 * @throws {RangeError} If the sizes differ.
 */
export function checkLabeled(id: string, image: Image, mask: Mask): void {
  if (image.width === mask.width && image.height === mask.height) return;
  throw new RangeError(
    `Cannot use the labels of ${escapeControls(id)}: they are ${mask.width} x ${mask.height} ` +
      `pixels, and the image ${image.width} x ${image.height}`,
  );
}

/** Labels as classes, counted from 0. */
function classesOf(mask: Mask, path: string, { reduceZeroLabel, count }: LabelRule): Mask {
  const first = reduceZeroLabel ? 1 : 0;
  const data = mask.data.map((label) => label < first || label === NONE ? NONE : label - first);
  const beyond = data.find((label) => label !== NONE && label >= count);
  if (beyond === undefined) return { ...mask, data };
  throw new RangeError(
    `Cannot use the labels ${escapeControls(path)}: they hold ${beyond + first}, and ${count} ` +
      `classes have labels from ${first} to ${count - 1 + first}`,
  );
}
