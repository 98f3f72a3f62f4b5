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
  /** Whether the last batch of an epoch may be smaller; otherwise its images are left out. */
  partial?: boolean;
};

/**
 * Batches of an epoch: whole ones, unless the last may be smaller. Fewer images than a batch make
 * one, in which they recur where it has to be whole.
 */
export function stepsPerEpoch(
  count: number,
  batchSize: number,
  { partial = false }: Pick<OrderOptions, "partial"> = {},
): number {
  return partial ? Math.ceil(count / batchSize) : Math.max(1, Math.floor(count / batchSize));
}

/**
 * The images of each step: an epoch is shuffled by the seed and its number alone, so that a run can
 * begin at any step. Images beyond the last whole batch are left out of that epoch, unless it may
 * be smaller.
 */
export function order(
  { count, batchSize, seed, partial = false }: OrderOptions,
): (step: number) => Place & { images: number[] } {
  const steps = stepsPerEpoch(count, batchSize, { partial });
  let shuffled: { epoch: number; images: Uint32Array } = { epoch: -1, images: new Uint32Array(0) };
  return (step) => {
    const epoch = Math.floor(step / steps);
    const index = step - epoch * steps;
    if (shuffled.epoch !== epoch) {
      shuffled = { epoch, images: new Random(`${seed}/order/${epoch}`).permutation(count) };
    }
    const images = Array.from(
      { length: partial ? Math.min(batchSize, count - index * batchSize) : batchSize },
      (_, i) => shuffled.images[(index * batchSize + i) % count]!,
    );
    return { step, epoch, index, images };
  };
}
