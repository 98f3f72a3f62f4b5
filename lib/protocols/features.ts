import * as tf from "@tensorflow/tfjs";
import { ensureBackend } from "../compile/mod.ts";
import { evalBatches, type Sample } from "../datasets/mod.ts";
import type { Encoder } from "../models/mod.ts";
import type { Processes } from "../nn/mod.ts";
import type { EvalView } from "./eval_view.ts";
import type { Features } from "./score.ts";
import { SharedRows } from "./shared_rows.ts";

/** How features are made. */
export type FeatureOptions = Pick<EvalView, "evalCrop"> & {
  /** Side in pixels of the square that is shown. */
  size: number;
  batchSize?: number;
  /** The names of the classes at each level. */
  classes: Record<string, readonly string[]>;
  /** Takes how many images are done, after every batch. */
  onProgress?: (done: number) => void;
  /**
   * The processes that share the images, each of which receives all features; by default this one
   * is alone.
   */
  processes?: Processes;
};

/**
 * The features of all samples in their order, without augmentation. The whole result is in memory:
 * 1.28 million images of width 384 take 2 GB.
 *
 * @param embed An encoder's, or any function of images; its result is disposed of here.
 * @throws {RangeError} If there are no samples, or a feature is not finite.
 */
export async function features(
  embed: Encoder["embed"],
  samples: Sample[],
  { size, evalCrop, batchSize = 128, classes, onProgress, processes }: FeatureOptions,
): Promise<Features> {
  await ensureBackend();
  if (samples.length === 0) throw new RangeError("Cannot make features of 0 images");
  using rows = new SharedRows(samples, { batchSize, processes });
  const add = async (x: tf.Tensor2D) => {
    await rows.add(x);
    onProgress?.(rows.done);
  };
  let last: tf.Tensor2D | null = null;
  for await (using batch of evalBatches(rows.samples, { size, batchSize, evalCrop })) {
    const x = tf.tidy(() => embed(batch.images));
    if (last) await add(last); // late: a GPU works on this batch meanwhile
    last = x;
  }
  if (last) await add(last);
  // In the last round others may have a batch where this process has none.
  while (rows.done < samples.length) await add(tf.tidy(() => embed(tf.zeros([1, size, size, 3]))));
  checkFinite(rows, samples);
  return { x: rows.toTensor(), ...labelTensors(samples, classes) };
}

/** The labels of samples as tensors, by level. */
export function labelTensors(
  samples: readonly Sample[],
  classes: Record<string, readonly string[]>,
): Pick<Features, "labels" | "classes"> {
  const levels = Object.entries(classes);
  const labels = (level: string) => samples.map((sample) => sample.labels[level]!);
  return {
    labels: Object.fromEntries(
      levels.map(([level]) => [level, tf.tensor1d(labels(level), "int32")]),
    ),
    classes: Object.fromEntries(levels.map(([level, names]) => [level, names.length])),
  };
}

function checkFinite({ data, width }: SharedRows, samples: Sample[]): void {
  const place = data.findIndex((value) => !Number.isFinite(value));
  if (place < 0) return;
  const { id } = samples[Math.floor(place / width)]!;
  throw new RangeError(
    `Cannot use the features of "${id}": they hold ${data[place]}; ` +
      `the weights are damaged or diverged`,
  );
}
