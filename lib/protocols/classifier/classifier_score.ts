import * as tf from "@tensorflow/tfjs";
import { accuracy, type AccuracyOptions } from "../accuracy.ts";
import { crossEntropy } from "../cross_entropy.ts";
import { classAccuracies, meanPerClass } from "../per_class.ts";
import type { Score } from "../score.ts";

/** How well a classifier does: accuracies in percent, and its mean loss. */
export type ClassifierScore = Score & { loss: number };

/** Logits `[images, classes]` of a batch, and the labels of its images. */
export type ClassifiedBatch = { logits: tf.Tensor2D; labels: tf.Tensor1D };

/** The score of one batch, its images by number, and what they were taken for. */
export type BatchScore = Omit<ClassifierScore, "perClass"> & {
  images: number;
  classes: number;
  /** The class that each image was taken for, and the one it has. */
  predictions: ArrayLike<number>;
  labels: ArrayLike<number>;
};

/** The score of a batch. */
export function scoreBatch({ logits, labels }: ClassifiedBatch): BatchScore {
  const [images, classes] = logits.shape;
  const loss = tf.tidy(() =>
    crossEntropy(logits, tf.oneHot(labels.toInt(), classes).toFloat() as tf.Tensor2D).dataSync()[0]!
  );
  const predictions = tf.tidy(() => logits.argMax(-1).dataSync());
  const facts = { images, classes, predictions, labels: labels.dataSync() };
  return { ...accuracy(logits, labels), loss, ...facts };
}

/**
 * The score of a test part from those of its batches: accuracies are means over images, but the
 * loss is the plain mean over batches, of which the last may be smaller, as in the original.
 *
 * @param options `perClass`: whether the mean of the classes' accuracies is given, too.
 * @throws {RangeError} If there are no batches.
 */
export function meanScore(
  batches: readonly BatchScore[],
  { perClass = false }: Pick<AccuracyOptions, "perClass"> = {},
): ClassifierScore {
  const count = batches.reduce((sum, { images }) => sum + images, 0);
  if (count === 0) throw new RangeError("Cannot score a classifier on 0 images");
  const mean = (name: "top1" | "top5") =>
    batches.reduce((sum, batch) => sum + batch[name] * batch.images, 0) / count;
  const loss = batches.reduce((sum, { loss }) => sum + loss, 0) / batches.length;
  const scores = { top1: mean("top1"), top5: mean("top5"), loss };
  return perClass ? { ...scores, perClass: 100 * classMean(batches) } : scores;
}

function classMean(batches: readonly BatchScore[]): number {
  const all = (name: "predictions" | "labels") =>
    batches.flatMap((batch) => Array.from(batch[name]));
  return meanPerClass(classAccuracies(all("predictions"), all("labels"), batches[0]!.classes));
}
