import { type Dataset, readable, refuseBad, type Skipped } from "../datasets/mod.ts";
import { escapeControls } from "../images/mod.ts";
import { type Observer, silent } from "./observer.ts";

/** How many images were left out of each part. */
export type LeftOut = { train: number; test: number };

/** A data set as it is used: without the images that were left out. */
export type UsedData = { data: Dataset; skipped: Skipped[]; leftOut: LeftOut };

/** How images that cannot be read are left out. */
export type LeaveOutOptions = {
  /** Whether they are; otherwise the data set is used as it is. */
  skipBad: boolean;
  /** The greatest share of the training part that may be left out. */
  maxBad?: number;
  /** Learns of each of them. */
  observer?: Observer;
};

/**
 * A data set without the images that cannot be read, if that is wanted.
 *
 * @throws {Error} If too many cannot be read, or nothing is left of a part.
 */
export async function leaveOut(
  data: Dataset,
  { skipBad, maxBad = 1, observer = silent }: LeaveOutOptions,
): Promise<UsedData> {
  if (!skipBad) return { data, skipped: [], leftOut: { train: 0, test: 0 } };
  const [rest, { train, test }] = await readable(data);
  refuseBad(train, data.train.length, maxBad);
  const skipped = [...train, ...test];
  for (const { id, reason } of skipped) observer.tell(escapeControls(`left out ${id}: ${reason}`));
  for (const part of ["train", "test"] as const) {
    if (rest[part].length > 0 || data[part].length === 0) continue;
    throw new Error(`Cannot continue: none of the ${data[part].length} ${part} images can be read`);
  }
  return { data: rest, skipped, leftOut: { train: train.length, test: test.length } };
}

/** What was left out, as a line of text; nothing where nothing was. */
export function leftOutLine({ train, test }: LeftOut): string {
  if (train + test === 0) return "";
  return `Left out, as they cannot be read: ${train} of the images to learn from, ` +
    `${test} of those to test on.\n`;
}
