import type * as tf from "@tensorflow/tfjs";
import { clustering, type ViewRange } from "../../objectives/mod.ts";

/** Options of {@linkcode dinoLoss}. */
export type DinoLossOptions = {
  /** The student's temperature. */
  temperature: number;
  /** Which of the student's views are given; by default all. */
  views?: ViewRange;
};

/**
 * DINO's loss of a student's logits `[views * batch, prototypes]` against a teacher's assignments
 * `[2 * batch, prototypes]`: the mean cross-entropy over all pairs of different views, each of
 * which weighs the same. Of some of the views it gives their part of the sum.
 *
 * Source: equation 3 of the paper, `DINOLoss` of its program.
 */
export function dinoLoss(
  student: tf.Tensor2D,
  targets: tf.Tensor2D,
  { temperature, views }: DinoLossOptions,
): tf.Scalar {
  const of = views?.of ?? 2 * student.shape[0] / targets.shape[0];
  // Two of the 2 (of - 1) pairs are of large views.
  return clustering(student, targets, { temperature, views, large: 1 / (of - 1) });
}
