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
  for await (const { images, samples: part } of readAll(samples, batchSize)) {
    const squares = images.map((image) => evalCrop(image, size, crop));
    const tensors = { images: imageTensor(squares), labels: labelTensors(part) };
    yield { ...tensors, [Symbol.dispose]: () => tf.dispose(tensors) };
  }
}

/** The labels of samples at each level, `[samples]` int32. */
function labelTensors(samples: readonly Sample[]): Record<string, tf.Tensor1D> {
  const levels = Object.keys(samples[0]?.labels ?? {});
  return Object.fromEntries(levels.map((level) => {
    const labels = samples.map((sample) => sample.labels[level]!);
    return [level, tf.tensor1d(labels, "int32")];
  }));
}
