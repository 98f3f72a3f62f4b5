import * as tf from "@tensorflow/tfjs";
import type { LabeledImage, LabeledViewPlan } from "../transforms/mod.ts";
import { dispose } from "../tree/mod.ts";
import { madeAhead } from "./ahead.ts";
import { imageTensor } from "./image_tensor.ts";
import { checkLabeled } from "./labeled_file.ts";
import type { LabeledSample } from "./labeled_set.ts";
import { order, type Place } from "./order.ts";
import { Pool } from "./pool.ts";
import { workersFor } from "./workers.ts";

/** What the batches of a run depend on, apart from the samples. */
export type LabeledBatchesConfig = {
  batchSize: number;
  seed: string | number;
  plan: LabeledViewPlan;
};

/** Which batches are made. */
export type LabeledBatchesOptions = {
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

/** Images with the class of each pixel, or 255. */
export type LabeledTensors = {
  /** `[batch, side, side, 3]`, normalized. */
  images: tf.Tensor4D;
  /** `[batch, side, side]`, int32. */
  labels: tf.Tensor3D;
};

/** A batch with its place in the order of the data, and the seconds of waiting for it. */
export type LabeledBatch = Disposable & Place & { batch: LabeledTensors; waited: number };

/**
 * Batches of images as they are shown in training, epoch after epoch. What is drawn depends on the
 * seed and the place of an image alone, not on the number of threads; the next batches are made
 * while this one is learned from.
 *
 * @throws {RangeError} If there are no samples, or labels do not have the size of their image.
 * @throws {Error} If a file cannot be read.
 */
export async function* labeledBatches(
  samples: readonly LabeledSample[],
  { batchSize, seed, plan }: LabeledBatchesConfig,
  { from = 0, to = Infinity, workers = workersFor() }: LabeledBatchesOptions = {},
): AsyncGenerator<LabeledBatch, void, void> {
  if (samples.length === 0) throw new RangeError("Cannot make batches of 0 images");
  const place = order({ count: samples.length, batchSize, seed });
  using pool = new Pool("labeled", workers);
  const make = async (step: number) => {
    const { images, ...where } = place(step);
    const views = images.map(async (index, i) => {
      const sample = samples[index]!;
      const source = sample.file ?? await readLabeled(sample);
      const number = where.index * batchSize + i;
      return pool.make({ source, plan, seed: `${seed}/views/${where.epoch}/${number}` });
    });
    return { views: await Promise.all(views), where };
  };
  for await (const { made, waited } of madeAhead(make, { from, to, ahead: AHEAD })) {
    const batch = labeledTensors(made.views);
    yield { ...made.where, batch, waited, [Symbol.dispose]: () => dispose(batch) };
  }
}

/**
 * An image and the class of each of its pixels.
 *
 * @throws {RangeError} If their sizes differ.
 */
export async function readLabeled({ id, read, mask }: LabeledSample): Promise<LabeledImage> {
  const [image, labels] = await Promise.all([read(), mask()]);
  checkLabeled(id, image, labels);
  return { image, mask: labels };
}

/** Images of one size with their labels. */
export function labeledTensors(labeled: readonly LabeledImage[]): LabeledTensors {
  const [first] = labeled;
  const images = imageTensor(labeled.map(({ image }) => image));
  const { width, height } = first!.mask;
  const labels = new Int32Array(labeled.length * height * width);
  for (const [i, { mask }] of labeled.entries()) labels.set(mask.data, i * height * width);
  return { images, labels: tf.tensor3d(labels, [labeled.length, height, width], "int32") };
}
