import * as tf from "@tensorflow/tfjs";
import { normalize } from "../nn/mod.ts";
import { entropy } from "../objectives/mod.ts";

/** Signs of life of a teacher. */
export type Health = {
  /**
   * How far its class tokens `[rows, width]`, at unit length, are spread: the mean of their standard deviations times the
   * root of the width. 1 where they point everywhere alike, 0 where they are all the same.
   */
  spread: tf.Scalar;
  /** Mean entropy of its assignments to the prototypes, in nats: 0 where all are certain. */
  targetEntropy: tf.Scalar;
  /** Entropy of the mean assignment, in nats: 0 where all images go to one prototype, log(prototypes) at most. */
  prototypeEntropy: tf.Scalar;
};

/** Measures the health of a teacher by its class tokens `[rows, width]` and targets `[rows, prototypes]`. */
export function health(classTokens: tf.Tensor2D, targets: tf.Tensor2D): Health {
  const width = classTokens.shape[1];
  const unit = normalize(classTokens);
  const deviation = unit.sub(unit.mean(0)).square().mean(0).sqrt();
  return {
    spread: deviation.mean<tf.Scalar>().mul(Math.sqrt(width)),
    targetEntropy: entropy(targets),
    prototypeEntropy: entropy(targets.mean(0, true)),
  };
}
