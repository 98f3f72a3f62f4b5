import type * as tf from "@tensorflow/tfjs";
import { classAccuracies, meanPerClass } from "./per_class.ts";
import { checkMatrix } from "./check_features.ts";
import type { Score } from "./score.ts";

/** What counts as a score at all, and which scores are given. */
export type AccuracyOptions = {
  /**
   * A class whose score is not above this value was not named: for k-NN votes 0, so that a class
   * without a single vote is never counted among the first five only because fewer than five
   * classes have votes.
   */
  floor?: number;
  /** Whether the mean over the classes is given, too. */
  perClass?: boolean;
};

/**
 * Top-1 and top-5 accuracy in percent. Among equal scores the lower class comes first, as in
 * `argMax`; a score that is not a number is wrong.
 *
 * @param scores `[images, classes]`, the greater the likelier.
 * @param labels `[images]`.
 * @throws {RangeError} If there are no images, or not as many labels as rows.
 */
export function accuracy(
  scores: tf.Tensor2D,
  labels: tf.Tensor1D,
  { floor = -Infinity, perClass = false }: AccuracyOptions = {},
): Score {
  checkMatrix("the scores", scores);
  const [images, classes] = scores.shape;
  if (labels.shape[0] !== images) {
    throw new RangeError(`Cannot score ${images} rows of scores with ${labels.shape[0]} labels`);
  }
  const values = scores.dataSync();
  const truth = labels.dataSync();
  let [first, five] = [0, 0];
  const predictions = new Int32Array(images).fill(-1);
  for (let i = 0; i < images; i++) {
    const place = rank(values.subarray(i * classes, (i + 1) * classes), truth[i]!, floor);
    if (place === 0) {
      first++;
      predictions[i] = truth[i]!;
    }
    if (place < 5) five++;
  }
  return {
    top1: 100 * first / images,
    top5: 100 * five / images,
    ...perClass && { perClass: 100 * meanPerClass(classAccuracies(predictions, truth, classes)) },
  };
}

/** How many classes come before the right one; infinite if that one was not named. */
function rank(scores: ArrayLike<number>, right: number, floor: number): number {
  const score = scores[right] ?? NaN;
  if (!(score > floor)) return Infinity;
  let before = 0;
  for (let c = 0; c < scores.length; c++) {
    const other = scores[c]!;
    if (other > score || Number.isNaN(other) || (other === score && c < right)) before++;
  }
  return before;
}
