import type * as tf from "@tensorflow/tfjs";
import { normalize } from "../nn/mod.ts";
import { entropy } from "../objectives/mod.ts";

/**
 * How far features `[rows, width]`, at unit length, are spread: the mean of their standard
 * deviations times the root of the width. 1 where they point everywhere alike, 0 where they are all
 * the same.
 */
export function featureSpread(features: tf.Tensor2D): tf.Scalar {
  const width = features.shape[1];
  const unit = normalize(features);
  const deviation = unit.sub(unit.mean(0)).square().mean(0).sqrt();
  return deviation.mean<tf.Scalar>().mul(Math.sqrt(width));
}

/** Signs of life of assignments to prototypes, in nats. */
export type AssignmentSigns = {
  /** Mean entropy of the assignments: 0 where all are certain. */
  targetEntropy: tf.Scalar;
  /**
   * Entropy of the mean assignment: 0 where all images go to one prototype, log(prototypes) at
   * most.
   */
  prototypeEntropy: tf.Scalar;
};

/** Signs of life of assignments `[rows, prototypes]`. */
export function assignmentSigns(targets: tf.Tensor2D): AssignmentSigns {
  return { targetEntropy: entropy(targets), prototypeEntropy: entropy(targets.mean(0, true)) };
}
