import * as tf from "@tensorflow/tfjs";
import { logSumExp } from "./log_sum_exp.ts";
import { pairWeights, type ViewRange } from "./pairs.ts";

/** What student and teacher are compared against. */
export type Contrast = {
  /** Negative keys as columns, `[width, keys]`. */
  queue: tf.Tensor2D;
  temperature: number;
  /** Which of the student's views are given; by default all. */
  views?: ViewRange;
};

/**
 * InfoNCE over all pairs of a teacher and a student view (the paper's equations 2 and 4). Both come
 * as unit rows, view after view: `student` `[views * batch, width]`, `teacher`
 * `[2 * batch, width]`. The negative logits do not depend on the teacher, so each student view has
 * one product with the queue. Of some of the views it gives their part of the sum.
 */
export function infoNce(
  student: tf.Tensor2D,
  teacher: tf.Tensor2D,
  { queue, temperature, views: some }: Contrast,
): tf.Scalar {
  const [batch, width] = [teacher.shape[0] / 2, teacher.shape[1]];
  const views = student.shape[0] / batch;
  const guess = student.div<tf.Tensor2D>(temperature);
  const negative = logSumExp(tf.matMul(guess, queue)).reshape([1, views, batch]);
  const positive = guess.reshape([1, views, batch, width])
    .mul(teacher.reshape([2, 1, batch, width])).sum(-1); // [2, views, batch]
  // -log(e^p / (e^p + e^n)) = log(1 + e^(n - p))
  const losses = tf.softplus(negative.sub(positive)).mean(-1); // [2, views]
  return losses.mul(tf.tensor2d(pairWeights(views, some))).sum();
}
