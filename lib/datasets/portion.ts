import { Random } from "../random/mod.ts";
import { displayedDataset } from "./displayed_dataset.ts";
import type { Dataset } from "./sample.ts";

/** Numbers of images of the two parts. */
export type ImageCounts = { train: number; test: number };

/**
 * A data set whose parts have at most so many images, or all of them where `counts` is `null`. The
 * choice is random, as samples may be ordered by class, and always the same.
 *
 * @throws {RangeError} If a number of images is no integer from 0.
 */
export function portion(data: Dataset, counts: ImageCounts | null): Dataset {
  if (!counts) return data;
  checkCounts(counts);
  const draw = <T>(part: "train" | "test", all: T[]) =>
    Array.from(
      new Random(`portion/${part}`).permutation(all.length).subarray(0, counts[part]).sort(),
      (i) => all[i]!,
    );
  const parts = { train: draw("train", data.train), test: draw("test", data.test) };
  return displayedDataset({ ...data, ...parts });
}

function checkCounts(counts: ImageCounts): void {
  for (const part of ["train", "test"] as const) {
    const count = counts[part];
    if (Number.isInteger(count) && count >= 0) continue;
    throw new RangeError(`\`${part}\` takes an integer from 0, not ${count}`);
  }
}
