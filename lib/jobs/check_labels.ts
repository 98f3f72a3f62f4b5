import type { LabeledSet } from "../datasets/mod.ts";
import { escapeControls } from "../images/mod.ts";
import { type Observer, silent } from "./observer.ts";

/** Options of {@linkcode checkLabels}. */
export type CheckLabelsOptions = {
  /** Whether label 0 was taken for no class. */
  reduceZeroLabel: boolean;
  observer?: Observer;
};

/** The label of pixels without class. */
const NONE = 255;

/** Masks in which the last class is looked for, and the most in which any class is. */
const [few, most] = [100, 500];

/**
 * Refuses a set in which no pixel to be learned from, or to be scored, has a class, before anything
 * is trained. Where the last class is missing and some pixels have none, labels may count from 0
 * instead of from 1, which a note tells.
 *
 * @throws {Error} If no pixel of the first masks has a class.
 */
export async function checkLabels(
  { name, train, test, classes }: LabeledSet,
  { reduceZeroLabel, observer = silent }: CheckLabelsOptions,
): Promise<void> {
  const last = classes.length - 1;
  const labels = new Set<number>();
  const isScored = () => labels.size > Number(labels.has(NONE));
  const enough = reduceZeroLabel ? few : 1;
  let files = 0;
  for (const { mask } of test.slice(0, most)) {
    for (const label of (await mask()).data) labels.add(label);
    files++;
    if (labels.has(last) || (isScored() && files >= enough)) break;
  }
  const remedy = "`reduceZeroLabel: false` takes it for the first one";
  const zero = reduceZeroLabel ? `; label 0 is taken for none: ${remedy}` : "";
  if (!isScored()) {
    throw new Error(
      `Cannot score on ${escapeControls(name)}: no pixel of its validation images has a class` +
        zero,
    );
  }
  if (train.length && !await isLabeled(train.slice(0, most))) {
    throw new Error(
      `Cannot learn from ${escapeControls(name)}: no pixel of its training images has a class` +
        zero,
    );
  }
  if (!reduceZeroLabel || labels.has(last) || !labels.has(NONE)) return;
  observer.tell(
    `note: none of ${files} validation masks holds label ${classes.length}, and label 0 is taken ` +
      `for no class: ${remedy}`,
  );
}

/** Whether a pixel of images has a class. */
async function isLabeled(samples: LabeledSet["train"]): Promise<boolean> {
  for (const { mask } of samples) {
    if ((await mask()).data.some((label) => label !== NONE)) return true;
  }
  return false;
}
