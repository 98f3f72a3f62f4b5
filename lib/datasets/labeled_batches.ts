import * as tf from "@tensorflow/tfjs";
import { Random } from "../random/mod.ts";
import { type LabeledImage, labeledView, type LabeledViewPlan } from "../transforms/mod.ts";
import { dispose } from "../tree/mod.ts";
import { checkLabeled } from "./ade20k.ts";
import { imageTensor } from "./image_tensor.ts";
import type { LabeledSample } from "./labeled_set.ts";
import { order, type Place } from "./order.ts";

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
};

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
 * seed and the place of an image alone; the next batch is read while this one is learned from.
 *
 * @throws {RangeError} If there are no samples, or labels do not have the size of their image.
 * @throws {Error} If a file cannot be read.
 */
export async function* labeledBatches(
  samples: readonly LabeledSample[],
  { batchSize, seed, plan }: LabeledBatchesConfig,
  { from = 0, to = Infinity }: LabeledBatchesOptions = {},
): AsyncGenerator<LabeledBatch, void, void> {
  if (samples.length === 0) throw new RangeError("Cannot make batches of 0 images");
  const place = order({ count: samples.length, batchSize, seed });
  const make = async (step: number) => {
    const { images, ...where } = place(step);
    const views = images.map(async (index, i) => {
      const random = new Random(`${seed}/views/${where.epoch}/${where.index * batchSize + i}`);
      return labeledView(await readLabeled(samples[index]!), plan, random);
    });
    return { views: await Promise.all(views), where };
  };
  let next = from < to ? make(from) : null;
  for (let step = from; step < to; step++) {
    const start = performance.now();
    const { views, where } = await next!;
    const waited = (performance.now() - start) / 1000;
    next = step + 1 < to ? make(step + 1) : null;
    next?.catch(() => {}); // an error is thrown when its turn comes
    const batch = labeledTensors(views);
    yield { ...where, batch, waited, [Symbol.dispose]: () => dispose(batch) };
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
