import * as tf from "@tensorflow/tfjs";
import { logSumExp } from "./log_sum_exp.ts";
import type { ViewRange } from "./pairs.ts";

/**
 * The teacher's soft assignment to the prototypes, `[rows, prototypes]`: centered, then sharpened.
 */
export function softAssignment(
  teacher: tf.Tensor2D,
  center: tf.Tensor,
  temperature: tf.Scalar | number,
): tf.Tensor2D {
  return tf.softmax(teacher.sub<tf.Tensor2D>(center).div(temperature));
}

/** Options of {@linkcode clustering}. */
export type ClusteringOptions = {
  /** The student's temperature. */
  temperature: number;
  /** Which of the student's views are given; by default all. */
  views?: ViewRange;
  /**
   * The share of the pairs of large views in the sum; the others have the rest. By default half,
   * as in Mugs, also where there are no others.
   */
  large?: number;
};

/**
 * Cross-entropy of the student's assignment to the teacher's, over all pairs of views (equation 6
 * of Mugs' paper, equation 3 of DINO's). `student` `[views * batch, prototypes]` are logits,
 * `targets` `[2 * batch, prototypes]` come from {@linkcode softAssignment}. Of some of the views it
 * gives their part of the sum.
 */
export function clustering(
  student: tf.Tensor2D,
  targets: tf.Tensor2D,
  { temperature, views, large: share = 0.5 }: ClusteringOptions,
): tf.Scalar {
  const batch = targets.shape[0] / 2;
  const count = student.shape[0] / batch;
  const { first, of } = views ?? { first: 0, of: count };
  const large = Math.max(0, Math.min(2 - first, count));
  const logits = student.div<tf.Tensor2D>(temperature);
  // The entropy -sum q log p is log-sum-exp minus the expected logit, since q adds up to 1.
  const rest = (count - large) * batch;
  const sums = logSumExp(logits);
  const [ofLarge, ofSmall] = cut(sums, [large * batch, rest]) as [tf.Tensor, tf.Tensor];
  const pieces = cut(logits, [...Array(large).fill(batch), rest]);
  const [a, b] = tf.split(targets, 2) as [tf.Tensor2D, tf.Tensor2D];
  const parts: tf.Scalar[] = [];
  if (large > 0) {
    const others = [b, a].slice(first);
    const expected = pieces.slice(0, large).map((x, i) => others[i]!.mul<tf.Scalar>(x).sum());
    const sum = expected.reduce((a, b) => a.add(b));
    parts.push(ofLarge.sum<tf.Scalar>().sub<tf.Scalar>(sum).mul(share / 2 / batch));
  }
  if (rest > 0) {
    const sum = pieces.at(-1)!.reshape([count - large, batch, -1]).sum(0);
    const expected = a.add(b).mul(sum).sum().mul(0.5);
    parts.push(tf.sub(ofSmall.sum(), expected).mul((1 - share) / ((of - 2) * batch)));
  }
  return parts.reduce((a, b) => a.add(b));
}

/** Cuts rows into pieces of these lengths; an empty piece is an empty place. */
function cut<T extends tf.Tensor>(x: T, lengths: number[]): T[] {
  const filled = lengths.filter((length) => length > 0);
  const pieces = (filled.length === 1 ? [x] : tf.split(x, filled)).values();
  return lengths.map((length) => length > 0 ? pieces.next().value : undefined) as T[];
}

/** The next center `[1, prototypes]`: the mean of the teacher's logits, averaged over the steps. */
export function nextCenter(
  center: tf.Tensor2D,
  teacher: tf.Tensor2D,
  momentum: number,
): tf.Tensor2D {
  return center.mul<tf.Tensor2D>(momentum).add(teacher.mean(0, true).mul(1 - momentum));
}

/**
 * The mean entropy of assignments, in nats: 0 where all are certain, log(prototypes) where all are
 * flat.
 */
export function entropy(targets: tf.Tensor2D): tf.Scalar {
  return targets.mul(targets.add(1e-12).log()).sum(-1).mean<tf.Scalar>().neg();
}
