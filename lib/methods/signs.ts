import * as tf from "@tensorflow/tfjs";
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

/**
 * How many dimensions projections `[rows, width]` span: 1 divided by the mean squared cosine of all
 * pairs of them, themselves included. `width` where they point everywhere alike, 1 where all lie on
 * one line: as batch normalization keeps them apart there, their {@linkcode featureSpread} does not
 * tell it.
 */
export function dimensions(projections: tf.Tensor2D): tf.Scalar {
  const [rows, width] = projections.shape;
  const unit = normalize<tf.Tensor2D>(projections);
  const products = tf.matMul(unit, unit, rows >= width, rows < width); // the smaller way round
  return tf.div(rows ** 2, products.square().sum());
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
