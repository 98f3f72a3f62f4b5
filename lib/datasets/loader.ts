import { compile } from "../compile/mod.ts";
import type { SufficientSize } from "../images/mod.ts";
import { sufficientSize, type ViewPlan, withoutChanges } from "../transforms/mod.ts";
import { dispose } from "../tree/mod.ts";
import { madeAhead } from "./ahead.ts";
import {
  type BatchArrays,
  batchBytes,
  emptyBatch,
  type ErasedViews,
  withErased,
} from "./assemble.ts";
import { type LoadedBatch, toBatch } from "./batch.ts";
import { Cache } from "./cache.ts";
import { changeViews } from "./device_changes.ts";
import { DecodedStore } from "./decoded_store.ts";
import { order, type Place } from "./order.ts";
import { Pool } from "./pool.ts";
import type { Repeats } from "./repeated_rows.ts";
import type { Sample } from "./sample.ts";
import type { Skipped } from "./skipped.ts";
import { workersFor } from "./workers.ts";

/** Bytes of batches that are made ahead. */
const AHEAD = 2 ** 30;

/** Least pixels of a reduced image: files of fewer than 2^20 pixels are decoded as fast in full. */
const REDUCED_PIXELS = 2 ** 18;

/** What the batches of a run depend on, apart from the samples. */
export type BatchesConfig = {
  batchSize: number;
  seed: string | number;
  plan: ViewPlan;
  /** Whether the last batch of an epoch may be smaller; otherwise its images are left out. */
  partial?: boolean;
  /** How images are repeated in an epoch; by default they are not. */
  repeat?: Repeats;
};

/** How batches are made. */
export type BatchesOptions = {
  /**
   * The first step, for a run that is resumed; 0 by default. Those below 0 are of epochs before the
   * first one.
   */
  from?: number;
  /** The step before which the batches end; by default they do not. */
  to?: number;
  /**
   * Threads that read and augment; with 0, the calling thread does. By default as many as
   * {@linkcode workersFor} says.
   */
  workers?: number;
  /** Batches that are made ahead; by default 2 to 4, as many as fit into {@linkcode AHEAD}. */
  prefetch?: number;
  /** Bytes of decoded images that stay in memory; 2 GiB by default. */
  cacheBytes?: number;
  /** The greatest share of images that may be unreadable; 0.01 by default. */
  maxBad?: number;
  /**
   * A folder where images of files are kept decoded, for later epochs and other runs; by default
   * they are not. It grows by three bytes a pixel.
   */
  decodedFolder?: string;
  /**
   * Whether JPEG files of at least 2^20 pixels are decoded at 1/2, 1/4 or 1/8 of their sides where
   * no crop becomes smaller than its view. The same crops are drawn, and their pixels differ by
   * about 1 of 255. `false` by default.
   */
  reducedDecoding?: boolean;
  /**
   * Where views are jittered, made gray, blurred and solarized after they are cropped: on the
   * `host`, as by default, or on the `device` that trains, all views of a batch at once. The same
   * changes are drawn, and a few bytes differ by 1. Strongly augmented views are made on the host.
   */
  augmentOn?: "host" | "device";
  /** Receives a sentence if no more images can be kept there. */
  tell?: (line: string) => void;
  /** Which of `count` equal shares of every batch is made, from 0; by default all of it. */
  share?: BatchShare;
};

/** One of several equal shares of every batch. */
export type BatchShare = { count: number; index: number };

/** How images come from their files. */
export type Loading = Pick<
  BatchesOptions,
  "workers" | "decodedFolder" | "reducedDecoding" | "augmentOn" | "tell"
>;

/**
 * Batches of views, epoch after epoch, made ahead in workers; they are the same for any number of
 * workers. An image that cannot be read is replaced by the next one and named in `skipped` of the
 * batch.
 *
 * The workers end with the generator: leave the loop, call `return()`, or declare the generator
 * with `await using`.
 *
 * @throws {RangeError} If there are no samples, or a batch does not divide into its shares.
 * @throws {Error} If `decodedFolder` cannot be created or read.
 * @throws {Error} If more than `maxBad` of the images cannot be read.
 */
export async function* batches(
  samples: Sample[],
  { batchSize, seed, plan: whole, partial, repeat }: BatchesConfig,
  {
    from = 0,
    to = Infinity,
    workers = workersFor(),
    prefetch = prefetchOf(whole, batchSize),
    cacheBytes = 2 ** 31,
    maxBad = 0.01,
    decodedFolder,
    reducedDecoding = false,
    augmentOn = "host",
    tell,
    share: ofBatch = { count: 1, index: 0 },
  }: BatchesOptions = {},
): AsyncGenerator<LoadedBatch, void, void> {
  if (samples.length === 0) throw new RangeError("Cannot make batches of 0 images");
  const plan = augmentOn === "device" ? withoutChanges(whole) : whole;
  const place = order({ count: samples.length, batchSize, seed, partial, repeat });
  const cache = new Cache(samples, cacheBytes, maxBad);
  const decoded = decodedFolder === undefined ? null : await DecodedStore.open(decodedFolder, tell);
  const sufficient = reducedDecoding ? worthwhileSize(plan) : undefined;
  using change = compile(changeViews, { name: "change_views" });
  using pool = new Pool("piece", workers);
  const size = sizeOf(ofBatch, batchSize);
  const share = Math.ceil(size / Math.max(1, workers));
  const make = async (step: number) => {
    const { images: all, ...where } = place(step);
    const first = ofBatch.index * size;
    const images = all.slice(first, first + size);
    const batch = emptyBatch(plan, images.length, (bytes) => new SharedArrayBuffer(bytes));
    const drawn = images.map((index, i) => ({
      index,
      i,
      seed: `${seed}/views/${where.epoch}/${where.index * batchSize + first + i}`,
    }));
    const rows = Int32Array.from(images);
    const parts = chunks(drawn, share).map((part) =>
      fill({ ...batch, rows }, part, { pool, cache, decoded, sufficient })
    );
    return { arrays: withErased(batch.arrays, (await Promise.all(parts)).flat()), where, rows };
  };
  const reported = new Set<Skipped>();
  for await (const { made, waited } of madeAhead(make, { from, to, ahead: prefetch })) {
    const { arrays, where, rows } = made;
    const skipped = [...cache.skipped.values()].filter((entry) => !reported.has(entry));
    for (const entry of skipped) reported.add(entry);
    const batch = toBatch(arrays, plan, { rows, change });
    const facts = { ...where satisfies Place, rows, waited, skipped };
    yield { batch, ...facts, [Symbol.dispose]: () => dispose(batch) };
  }
}

/** Images of a share of a batch. */
function sizeOf({ count }: BatchShare, batchSize: number): number {
  if (batchSize % count === 0) return batchSize / count;
  throw new RangeError(
    `Cannot share a batch of ${batchSize} images among ${count} processes: ` +
      `${batchSize % count} are left over; give another \`batchSize\``,
  );
}

/** A sample by its index, its place in a batch, and the seed of its views. */
type Drawn = { index: number; i: number; seed: string };

/** Where images come from and who makes their views. */
type Sources = {
  pool: Pool<"piece">;
  cache: Cache;
  decoded: DecodedStore | null;
  /** The size to which images may be reduced. */
  sufficient: SufficientSize | undefined;
};

/**
 * Fills a part of a batch and returns what is erased; images that turn out to be unreadable are
 * replaced by next ones, whose rows are noted.
 */
async function fill(
  { rows, ...batch }: BatchArrays & { rows: Int32Array },
  part: readonly Drawn[],
  { pool, cache, decoded, sufficient }: Sources,
): Promise<ErasedViews[]> {
  const all: ErasedViews[] = [];
  for (let left = part; left.length > 0;) {
    const sources = await Promise.all(left.map(({ index }) => cache.source(index)));
    const items = left.map(({ i, seed }, n) => {
      const { source } = sources[n]!;
      if (!("path" in source)) return { i, seed, source };
      const file = { ...source, sufficient };
      return { i, seed, source: decoded ? decoded.locate(file) : file };
    });
    const piece = { ...batch, items, keep: cache.keeps, decodedFolder: decoded?.forThreads };
    const outcome = await pool.make(piece);
    for (const [n, { image, reason, erased, ...written }] of outcome.entries()) {
      decoded?.note(written);
      const { index } = sources[n]!;
      if (erased) all.push(erased);
      rows[left[n]!.i] = index;
      if (image) cache.keep(index, image);
      if (reason !== undefined) cache.skip(index, reason);
    }
    left = left.filter((_, n) => outcome[n]!.reason !== undefined);
  }
  return all;
}

/** The size to which images are reduced where that gains time. */
function worthwhileSize(plan: ViewPlan): SufficientSize {
  const { shorterSide, pixels } = sufficientSize(plan);
  return { shorterSide, pixels: Math.max(pixels, REDUCED_PIXELS) };
}

function prefetchOf(plan: ViewPlan, batchSize: number): number {
  return Math.max(2, Math.min(4, Math.floor(AHEAD / batchBytes(plan, batchSize))));
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  const count = Math.ceil(all.length / size);
  return Array.from({ length: count }, (_, n) => all.slice(n * size, (n + 1) * size));
}
