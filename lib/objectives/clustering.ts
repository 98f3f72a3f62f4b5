import * as tf from "@tensorflow/tfjs";
import { logSumExp } from "./log_sum_exp.ts";

/** The teacher's soft assignment to the prototypes, `[rows, prototypes]`: centered, then sharpened. */
export function assign(
  teacher: tf.Tensor2D,
  center: tf.Tensor,
  temperature: tf.Scalar | number,
): tf.Tensor2D {
  return tf.softmax(teacher.sub<tf.Tensor2D>(center).div(temperature));
}

/**
 * Cross-entropy of the student's assignment to the teacher's, over all pairs of views (the paper's equation 6; DINO's
 * loss with the large and the small views weighed by half each). `student` `[views * batch, prototypes]` are logits,
 * `targets` `[2 * batch, prototypes]` come from {@linkcode assign}.
 */
export function clustering(
  student: tf.Tensor2D,
  targets: tf.Tensor2D,
  temperature: number,
): tf.Scalar {
  const batch = targets.shape[0] / 2;
  const small = student.shape[0] / batch - 2;
  const logits = student.div<tf.Tensor2D>(temperature);
  // The entropy -sum q log p is log-sum-exp minus the expected logit, since q adds up to 1.
  const spread = logSumExp(logits);
  const [a, b] = tf.split(targets, 2);
  if (small === 0) {
    const other = tf.concat([b, a]);
    return spread.sub(other.mul(logits).sum(-1)).mean<tf.Scalar>().mul(0.5);
  }
  const [spreadLarge, spreadSmall] = tf.split(spread, [2 * batch, small * batch]);
  const [first, second, rest] = tf.split(logits, [batch, batch, small * batch]);
  const inLarge = tf.add(a.mul(second).sum(), b.mul(first).sum()).div(2 * batch);
  const ofSmall = rest.reshape([small, batch, -1]).sum(0);
  const inSmall = a.add(b).mul(ofSmall).sum().div(2 * small * batch);
  const large = spreadLarge.mean().sub(inLarge);
  return large.add(spreadSmall.mean().sub(inSmall)).mul<tf.Scalar>(0.5);
}

/** The next center `[1, prototypes]`: the mean of the teacher's logits, averaged over the steps. */
export function nextCenter(
  center: tf.Tensor2D,
  teacher: tf.Tensor2D,
  momentum: number,
): tf.Tensor2D {
  return center.mul<tf.Tensor2D>(momentum).add(teacher.mean(0, true).mul(1 - momentum));
}

/** The mean entropy of assignments, in nats: 0 where all are certain, log(prototypes) where all are flat. */
export function entropy(targets: tf.Tensor2D): tf.Scalar {
  return targets.mul(targets.add(1e-12).log()).sum(-1).mean<tf.Scalar>().neg();
}
