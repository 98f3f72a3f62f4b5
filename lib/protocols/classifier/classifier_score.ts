import * as tf from "@tensorflow/tfjs";
import { accuracy } from "../accuracy.ts";
import { crossEntropy } from "../cross_entropy.ts";
import type { Score } from "../score.ts";

/** How well a classifier does: accuracies in percent, and its mean loss. */
export type ClassifierScore = Score & { loss: number };

/** Logits `[images, classes]` of a batch, and the labels of its images. */
export type ClassifiedBatch = { logits: tf.Tensor2D; labels: tf.Tensor1D };

/** The score of one batch, and its number of images. */
export type BatchScore = ClassifierScore & { images: number };

/** The score of a batch. */
export function scoreBatch({ logits, labels }: ClassifiedBatch): BatchScore {
  const [images, classes] = logits.shape;
  const loss = tf.tidy(() =>
    crossEntropy(logits, tf.oneHot(labels.toInt(), classes).toFloat() as tf.Tensor2D).dataSync()[0]!
  );
  return { ...accuracy(logits, labels), loss, images };
}

/**
 * The score of a test part from those of its batches: accuracies are means over images, but the
 * loss is the plain mean over batches, of which the last may be smaller, as in the original.
 *
 * @throws {RangeError} If there are no batches.
 */
export function meanScore(batches: readonly BatchScore[]): ClassifierScore {
  const count = batches.reduce((sum, { images }) => sum + images, 0);
  if (count === 0) throw new RangeError("Cannot score a classifier on 0 images");
  const mean = (name: "top1" | "top5") =>
    batches.reduce((sum, batch) => sum + batch[name] * batch.images, 0) / count;
  const loss = batches.reduce((sum, { loss }) => sum + loss, 0) / batches.length;
  return { top1: mean("top1"), top5: mean("top5"), loss };
}
