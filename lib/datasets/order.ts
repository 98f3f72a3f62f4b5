import { Random } from "../random/mod.ts";

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
};

/** Whole batches of an epoch; fewer images than a batch make one, in which images recur. */
export function stepsPerEpoch(count: number, batchSize: number): number {
  return Math.max(1, Math.floor(count / batchSize));
}

/**
 * The images of each step: an epoch is shuffled by the seed and its number alone, so that a run can
 * begin at any step. Images beyond the last whole batch are left out of that epoch.
 */
export function order(
  { count, batchSize, seed }: OrderOptions,
): (step: number) => Place & { images: number[] } {
  const steps = stepsPerEpoch(count, batchSize);
  let shuffled: { epoch: number; images: Uint32Array } = { epoch: -1, images: new Uint32Array(0) };
  return (step) => {
    const epoch = Math.floor(step / steps);
    const index = step - epoch * steps;
    if (shuffled.epoch !== epoch) {
      shuffled = { epoch, images: new Random(`${seed}/order/${epoch}`).permutation(count) };
    }
    const images = Array.from(
      { length: batchSize },
      (_, i) => shuffled.images[(index * batchSize + i) % count]!,
    );
    return { step, epoch, index, images };
  };
}
