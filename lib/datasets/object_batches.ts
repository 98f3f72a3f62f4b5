import * as tf from "@tensorflow/tfjs";
import { Random } from "../random/mod.ts";
import {
  normalizePixels,
  type ObjectImage,
  objectView,
  type ObjectViewPlan,
} from "../transforms/mod.ts";
import type { CocoSample } from "./coco.ts";
import type { CocoCategory } from "./coco_annotations.ts";
import { readObjects } from "./coco_objects.ts";
import { order, type Place } from "./order.ts";
import type { Skipped } from "./skipped.ts";

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
};

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
 * depends on the seed and the place of an image alone; the next batch is read while this one is
 * learned from.
 *
 * @throws {RangeError} If there are no samples.
 * @throws {Error} If a file cannot be read.
 */
export async function* objectBatches(
  samples: readonly CocoSample[],
  { batchSize, seed, plan, padMultiple, categories }: ObjectBatchesConfig,
  { from = 0, to = Infinity }: ObjectBatchesOptions = {},
): AsyncGenerator<ObjectBatch, void, void> {
  if (samples.length === 0) throw new RangeError("Cannot make batches of 0 images");
  const placeOf = order({ count: samples.length, batchSize, seed });
  const make = async (step: number) => {
    const { images, ...place } = placeOf(step);
    const views = images.map(async (index, i) => {
      const random = new Random(`${seed}/views/${place.epoch}/${place.index * batchSize + i}`);
      return objectView(await readObjects(samples[index]!, categories), plan, random);
    });
    return { views: await Promise.all(views), place };
  };
  let next = from < to ? make(from) : null;
  for (let step = from; step < to; step++) {
    const start = performance.now();
    const { views, place } = await next!;
    const waited = (performance.now() - start) / 1000;
    next = step + 1 < to ? make(step + 1) : null;
    next?.catch(() => {}); // an error is thrown when its turn comes
    const batch = { ...objectTensors(views, padMultiple), place };
    const free = () => batch.images.dispose();
    yield { ...place, batch, waited, skipped: [], [Symbol.dispose]: free };
  }
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
