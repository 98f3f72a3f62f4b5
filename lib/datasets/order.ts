import { Random } from "../random/mod.ts";
import { repeatedLength, repeatedRows, type Repeats } from "./repeated_rows.ts";

/** The position of a batch in the order of the data. */
export type Place = {
  /** Batches before this one, over all epochs. */
  step: number;
  epoch: number;
  /** Batches before this one in its epoch. */
  index: number;
};

/** What an order of images depends on. */
export type OrderOptions = {
  /** Number of images of the data set. */
  count: number;
  batchSize: number;
  seed: string | number;
  /** Whether the last batch of an epoch may be smaller; otherwise its images are left out. */
  partial?: boolean;
  /** How images are repeated in an epoch; by default they are not. */
  repeat?: Repeats;
};

/**
 * Batches of an epoch: whole ones, unless the last may be smaller. Fewer images than a batch make
 * one, in which they recur where it has to be whole; only rounded repeats may leave none.
 */
export function stepsPerEpoch(
  count: number,
  batchSize: number,
  { partial = false, repeat }: Pick<OrderOptions, "partial" | "repeat"> = {},
): number {
  const images = repeat ? repeatedLength(count, repeat) : count;
  if (images === 0 && repeat) return 0;
  return partial ? Math.ceil(images / batchSize) : Math.max(1, Math.floor(images / batchSize));
}

/**
 * The images of each step: an epoch is shuffled by the seed and its number alone, so that a run can
 * begin at any step. Images beyond the last whole batch are left out of that epoch, unless it may
 * be smaller. Steps below 0 are those of epochs before the first one.
 */
export function order(
  { count, batchSize, seed, partial = false, repeat }: OrderOptions,
): (step: number) => Place & { images: number[] } {
  const steps = stepsPerEpoch(count, batchSize, { partial, repeat });
  let shuffled: { epoch: number; images: ArrayLike<number> } = { epoch: NaN, images: [] };
  return (step) => {
    const epoch = Math.floor(step / steps);
    const index = step - epoch * steps;
    if (shuffled.epoch !== epoch) {
      const permutation = new Random(`${seed}/order/${epoch}`).permutation(count);
      shuffled = { epoch, images: repeat ? repeatedRows(permutation, repeat) : permutation };
    }
    const { length } = shuffled.images;
    const images = Array.from(
      { length: partial ? Math.min(batchSize, length - index * batchSize) : batchSize },
      (_, i) => shuffled.images[(index * batchSize + i) % length]!,
    );
    return { step, epoch, index, images };
  };
}
