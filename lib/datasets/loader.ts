import type { ViewPlan } from "../transforms/mod.ts";
import { dispose } from "../tree/mod.ts";
import { type LoadedBatch, toBatch } from "./batch.ts";
import { Cache } from "./cache.ts";
import { order, type Place } from "./order.ts";
import { Pool } from "./pool.ts";
import type { Sample } from "./sample.ts";
import type { Skipped } from "./skipped.ts";

/** What the batches of a run are made of; they depend on nothing else. */
export type BatchesConfig = { batchSize: number; seed: string | number; plan: ViewPlan };

/** How batches are made. */
export type BatchesOptions = {
  /** The first step, for a run that is resumed. */
  from?: number;
  /** The step before which to end. */
  to?: number;
  /** Threads that augment; 0 to do it on this one. */
  workers?: number;
  /** Batches made ahead. */
  prefetch?: number;
  /** Bytes of decoded images to be kept in memory. */
  cacheBytes?: number;
  /** The greatest share of images that may be unreadable before it is an error. */
  maxBad?: number;
};

/**
 * Batches of views, epoch after epoch, made ahead in workers. They are the same for any number of workers. An image that
 * cannot be read is replaced by the next one and named in the batch's `skipped`.
 *
 * The workers end with the generator: leave the loop, call `return()` or declare it with `await using`.
 *
 * @throws {RangeError} If there are no samples.
 * @throws {Error} If more than `maxBad` of the images cannot be read.
 */
export async function* batches(
  samples: Sample[],
  { batchSize, seed, plan }: BatchesConfig,
  {
    from = 0,
    to = Infinity,
    workers = Math.max(1, Math.min(8, navigator.hardwareConcurrency >> 1)),
    prefetch = workers + 2,
    cacheBytes = 2 ** 31,
    maxBad = 0.01,
  }: BatchesOptions = {},
): AsyncGenerator<LoadedBatch, void, void> {
  if (samples.length === 0) throw new RangeError("Cannot make batches of 0 images");
  const place = order({ count: samples.length, batchSize, seed });
  const cache = new Cache(samples, cacheBytes, maxBad);
  using pool = new Pool(workers);
  using turn = new Turn();
  const make = async (step: number) => {
    const { images, ...where } = place(step);
    const arrays = await pool.make({
      images: await Promise.all(images.map((image) => cache.read(image))),
      seeds: images.map((_, i) => `${seed}/views/${where.epoch}/${where.index * batchSize + i}`),
      plan,
    });
    return { arrays, where };
  };
  const queue: ReturnType<typeof make>[] = [];
  const told = new Set<Skipped>();
  for (let step = from, next = from; step < to; step++) {
    for (; next < to && queue.length < Math.max(1, prefetch); next++) {
      queue.push(make(next));
      queue.at(-1)!.catch(() => {}); // it is reported when its turn comes
    }
    const start = performance.now();
    await turn.take();
    const { arrays, where } = await queue.shift()!;
    const waited = (performance.now() - start) / 1000;
    const skipped = [...cache.skipped.values()].filter((found) => !told.has(found));
    for (const found of skipped) told.add(found);
    const batch = toBatch(arrays, plan);
    const facts = { ...where satisfies Place, waited, skipped };
    yield { batch, ...facts, [Symbol.dispose]: () => dispose(batch) };
  }
}

/**
 * Lets in what came while this thread was busy with a step: read files, made batches. One channel serves a whole run, as each
 * leaves some memory behind.
 */
class Turn implements Disposable {
  readonly #channel = new MessageChannel();

  /** Waits for a turn. */
  take(): Promise<void> {
    const { port1, port2 } = this.#channel;
    return new Promise((resolve) => {
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    });
  }

  /** Closes the channel, which would keep the program alive. */
  [Symbol.dispose](): void {
    this.#channel.port1.close();
    this.#channel.port2.close();
  }
}
