import type { Mask } from "../images/mod.ts";
import { checkSizes } from "./mask.ts";
import { mean } from "./over_time.ts";

/** How many pixels of a class (row) were taken for which (column), pictures together. */
export type PixelConfusion = number[][];

/** How well maps of labels fit; a class that is nowhere has no score and is left out of means. */
export type SegmentationScore = {
  /** The share of pixels whose class is right. */
  aAcc: number;
  /** The mean over classes of intersection over union. */
  mIoU: number;
  /** The mean over classes of the share of their pixels that is right. */
  mAcc: number;
  /** The same numbers for each class. */
  IoU: (number | null)[];
  Acc: (number | null)[];
  Dice: (number | null)[];
};

/** The label of pixels that do not count, whatever was predicted there. */
const IGNORED = 255;

/**
 * Adds the pixels of a picture to a confusion; without one it begins anew.
 *
 * @throws {RangeError} If the maps differ in size, or hold a class from `classes` on.
 */
export function addConfusion(
  prediction: Mask,
  label: Mask,
  before: number | PixelConfusion,
): PixelConfusion {
  checkSizes(label, prediction);
  const confusion = typeof before === "number"
    ? Array.from({ length: before }, () => new Array<number>(before).fill(0))
    : before.map((row) => [...row]);
  for (const [i, truth] of label.data.entries()) {
    if (truth === IGNORED) continue;
    const row = confusion[truth], claim = prediction.data[i]!;
    if (!row || claim >= row.length) {
      throw new RangeError(
        `Cannot score a map of ${confusion.length} classes that holds class ` +
          `${row ? claim : truth}`,
      );
    }
    row[claim]!++;
  }
  return confusion;
}

/** The scores of mmsegmentation's `IoUMetric`, as shares. */
export function segmentationScore(confusion: PixelConfusion): SegmentationScore {
  const intersection = confusion.map((row, c) => row[c]!);
  const labeled = confusion.map(sum);
  const predicted = confusion.map((_, c) => sum(confusion.map((row) => row[c]!)));
  const share = (part: number, whole: number) => whole ? part / whole : null;
  const each = <T>(f: (inter: number, truth: number, claim: number) => T) =>
    intersection.map((inter, c) => f(inter, labeled[c]!, predicted[c]!));
  const IoU = each((inter, truth, claim) => share(inter, truth + claim - inter));
  const Acc = each((inter, truth) => share(inter, truth));
  const Dice = each((inter, truth, claim) => share(2 * inter, truth + claim));
  return {
    aAcc: sum(intersection) / sum(labeled),
    mIoU: meanOf(IoU),
    mAcc: meanOf(Acc),
    ...{ IoU, Acc, Dice },
  };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The mean of the scores that are there. */
function meanOf(scores: (number | null)[]): number {
  const numbers = scores.filter((score) => score !== null);
  return mean(numbers);
}
