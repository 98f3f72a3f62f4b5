import * as tf from "@tensorflow/tfjs";
import { normalizePixels, type ObjectImage, type ObjectViewPlan } from "../transforms/mod.ts";
import { madeAhead } from "./ahead.ts";
import type { CocoSample } from "./coco.ts";
import type { CocoCategory } from "./coco_annotations.ts";
import { readObjects } from "./coco_objects.ts";
import type { ObjectTask } from "./dense_view.ts";
import { order, type Place } from "./order.ts";
import { Pool } from "./pool.ts";
import type { Skipped } from "./skipped.ts";
import { workersFor } from "./workers.ts";

/** What the batches of a run depend on, apart from the samples. */
export type ObjectBatchesConfig = {
  batchSize: number;
  seed: string | number;
  plan: ObjectViewPlan;
  /** Pixels to a multiple of which the sides of a batch are filled up. */
  padMultiple: number;
  categories: readonly CocoCategory[];
};

/** Which batches are made. */
export type ObjectBatchesOptions = {
  /** The first step, for a run that is resumed; 0 by default. */
  from?: number;
  /** The step before which the batches end; by default they do not. */
  to?: number;
  /**
   * Threads that read files and make views; with 0, the calling thread does. By default as many as
   * {@linkcode workersFor} says.
   */
  workers?: number;
};

/** Batches that are made ahead. */
const AHEAD = 2;

/** Images of several sizes in one tensor, with their objects. */
export type ObjectTensors = {
  /** `[batch, height, width, 3]`, normalized; 0 beside and below an image. */
  images: tf.Tensor4D;
  /** Of each image, with its size without what fills it up. */
  objects: (Omit<ObjectImage, "image"> & { size: [height: number, width: number] })[];
};

/** A batch with its place in the order of the data, and the seconds of waiting for it. */
export type ObjectBatch =
  & Disposable
  & Place
  & { batch: ObjectTensors & { place: Place }; waited: number; skipped: Skipped[] };

/**
 * Batches of images with objects as they are shown in training, epoch after epoch. What is drawn
 * depends on the seed and the place of an image alone, not on the number of threads; the next
 * batches are made while this one is learned from.
 *
 * @throws {RangeError} If there are no samples.
 * @throws {Error} If a file cannot be read.
 */
export async function* objectBatches(
  samples: readonly CocoSample[],
  { batchSize, seed, plan, padMultiple, categories }: ObjectBatchesConfig,
  { from = 0, to = Infinity, workers = workersFor() }: ObjectBatchesOptions = {},
): AsyncGenerator<ObjectBatch, void, void> {
  if (samples.length === 0) throw new RangeError("Cannot make batches of 0 images");
  const placeOf = order({ count: samples.length, batchSize, seed });
  using pool = new Pool("objects", workers);
  const make = async (step: number) => {
    const { images, ...place } = placeOf(step);
    const views = images.map(async (index, i) => {
      const source = await sourceOf(samples[index]!, categories);
      const number = place.index * batchSize + i;
      return pool.make({ source, plan, seed: `${seed}/views/${place.epoch}/${number}` });
    });
    return { views: await Promise.all(views), place };
  };
  for await (const { made, waited } of madeAhead(make, { from, to, ahead: AHEAD })) {
    const { views, place } = made;
    const batch = { ...objectTensors(views, padMultiple), place };
    const free = () => batch.images.dispose();
    yield { ...place, batch, waited, skipped: [], [Symbol.dispose]: free };
  }
}

/** What a thread makes the view of a sample of: its file, or the image of one that is none. */
async function sourceOf(
  sample: CocoSample,
  categories: readonly CocoCategory[],
): Promise<ObjectTask["source"]> {
  const { read: _, path, ...rest } = sample;
  return path === undefined ? await readObjects(sample, categories) : { ...rest, path, categories };
}

/** Images of any sizes, filled up to one size whose sides are multiples of a number of pixels. */
export function objectTensors(views: readonly ObjectImage[], multiple: number): ObjectTensors {
  const [height, width] = (["height", "width"] as const).map((side) =>
    Math.ceil(Math.max(...views.map(({ image }) => image[side])) / multiple) * multiple
  ) as [number, number];
  const pixels = new Float32Array(views.length * height * width * 3);
  for (const [i, { image }] of views.entries()) {
    const stride = image.width * 3;
    for (let y = 0; y < image.height; y++) {
      const data = image.data.subarray(y * stride, (y + 1) * stride);
      normalizePixels({ data }, pixels, (i * height + y) * width * 3);
    }
  }
  return {
    images: tf.tensor4d(pixels, [views.length, height, width, 3]),
    objects: views.map(({ image, ...objects }) => ({
      ...objects,
      size: [image.height, image.width],
    })),
  };
}
