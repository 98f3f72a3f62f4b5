import * as tf from "@tensorflow/tfjs";
import type { Image } from "../images/mod.ts";
import { evalCrop, type EvalCropOptions, normalize } from "../transforms/mod.ts";
import { message, type Skipped } from "./cache.ts";
import type { Sample } from "./sample.ts";

/** Images without augmentation, in the order of the samples, with their labels. */
export type EvalBatch = Disposable & {
  /** `[batch, size, size, 3]`, normalized. */
  images: tf.Tensor4D;
  /** `[batch]` int32 for each level. */
  labels: Record<string, tf.Tensor1D>;
};

/** How images are prepared for an evaluation. */
export type EvalBatchesOptions = EvalCropOptions & { size: number; batchSize: number };

/**
 * All samples in their order, without augmentation; the last batch may be smaller.
 *
 * @throws {Error} If images cannot be read: all of them are tried first, and the message lists them.
 */
export async function* evalBatches(
  samples: Sample[],
  { size, batchSize, ...crop }: EvalBatchesOptions,
): AsyncGenerator<EvalBatch, void, void> {
  const failed: Skipped[] = [];
  const read = (first: number) =>
    Promise.all(
      samples.slice(first, first + batchSize).map((sample) =>
        sample.read().catch((error) => {
          failed.push({ id: sample.id, reason: message(error) });
          return null;
        })
      ),
    );
  let ahead = read(0);
  for (let first = 0; first < samples.length; first += batchSize) {
    const images = await ahead;
    ahead = read(first + batchSize);
    if (failed.length === 0) {
      yield toEvalBatch(
        images as Image[],
        samples.slice(first, first + batchSize),
        (image) => evalCrop(image, size, crop),
      );
    }
  }
  if (failed.length > 0) throw unreadable(failed, samples.length);
}

function toEvalBatch(
  images: Image[],
  samples: Sample[],
  prepare: (image: Image) => Image,
): EvalBatch {
  const views = images.map(prepare);
  const [{ width, height }] = views;
  const data = new Float32Array(views.length * width * height * 3);
  views.forEach((view, i) => normalize(view, data, i * width * height * 3));
  const labels = Object.fromEntries(
    Object.keys(samples[0].labels).map((level) => [
      level,
      tf.tensor1d(samples.map((sample) => sample.labels[level]), "int32"),
    ]),
  );
  const tensors = { images: tf.tensor4d(data, [views.length, height, width, 3]), labels };
  return { ...tensors, [Symbol.dispose]: () => tf.dispose(tensors) };
}

function unreadable(failed: Skipped[], count: number): Error {
  const list = failed.slice(0, 20).map(({ id, reason }) => `\n  ${id}: ${reason}`).join("");
  const rest = failed.length > 20 ? `\n  and ${failed.length - 20} more` : "";
  return new Error(
    `Cannot evaluate: ${failed.length} of ${count} images cannot be read; repair or remove them:${list}${rest}`,
  );
}
