import type { ViewPlan } from "../transforms/mod.ts";
import { dispose } from "../tree/mod.ts";
import { type LoadedBatch, toBatch } from "./batch.ts";
import { Cache } from "./cache.ts";
import { order, type Place } from "./order.ts";
import { Pool } from "./pool.ts";
import type { Sample } from "./sample.ts";
import type { Skipped } from "./skipped.ts";

/** What the batches of a run depend on, apart from the samples. */
export type BatchesConfig = { batchSize: number; seed: string | number; plan: ViewPlan };

/** How batches are made. */
export type BatchesOptions = {
  /** The first step, for a run that is resumed; 0 by default. */
  from?: number;
  /** The step before which the batches end; by default they do not. */
  to?: number;
  /** Threads that augment; with 0, the calling thread does. */
  workers?: number;
  /** Batches that are made ahead. */
  prefetch?: number;
  /** Bytes of decoded images that stay in memory; 2 GiB by default. */
  cacheBytes?: number;
  /** The greatest share of images that may be unreadable; 0.01 by default. */
  maxBad?: number;
};

/**
 * Batches of views, epoch after epoch, made ahead in workers; they are the same for any number of
 * workers. An image that cannot be read is replaced by the next one and named in `skipped` of the
 * batch.
 *
 * The workers end with the generator: leave the loop, call `return()`, or declare the generator
 * with `await using`.
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
  const reported = new Set<Skipped>();
  for (let step = from, next = from; step < to; step++) {
    for (; next < to && queue.length < Math.max(1, prefetch); next++) {
      queue.push(make(next));
      queue.at(-1)!.catch(() => {}); // an error is thrown when its turn comes
    }
    const start = performance.now();
    await turn.take();
    const { arrays, where } = await queue.shift()!;
    const waited = (performance.now() - start) / 1000;
    const skipped = [...cache.skipped.values()].filter((entry) => !reported.has(entry));
    for (const entry of skipped) reported.add(entry);
    const batch = toBatch(arrays, plan);
    const facts = { ...where satisfies Place, waited, skipped };
    yield { batch, ...facts, [Symbol.dispose]: () => dispose(batch) };
  }
}

/**
 * Lets events in that came while this thread was busy with a step: files were read, batches were
 * made. One channel serves a whole run, as each leaves some memory behind.
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
