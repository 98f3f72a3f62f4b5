import * as tf from "@tensorflow/tfjs";
import { evalCrop, type EvalCropOptions } from "../transforms/mod.ts";
import { imageTensor } from "./image_tensor.ts";
import { readAll } from "./read_all.ts";
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
 * @throws {Error} If images cannot be read: all of them are tried first, and the message lists
 * them.
 */
export async function* evalBatches(
  samples: Sample[],
  { size, batchSize, ...crop }: EvalBatchesOptions,
): AsyncGenerator<EvalBatch, void, void> {
  for await (const { images, samples: some } of readAll(samples, batchSize)) {
    const squares = images.map((image) => evalCrop(image, size, crop));
    const labels = Object.fromEntries(
      Object.keys(some[0].labels).map((level) => [
        level,
        tf.tensor1d(some.map((sample) => sample.labels[level]), "int32"),
      ]),
    );
    const tensors = { images: imageTensor(squares), labels };
    yield { ...tensors, [Symbol.dispose]: () => tf.dispose(tensors) };
  }
}
