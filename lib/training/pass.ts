import type * as tf from "@tensorflow/tfjs";
import type { Health, Intake, Losses, NetworkBuffers } from "../methods/mod.ts";
import type { Named } from "../tree/mod.ts";

/** The tensors of a batch that a step takes, view after view. */
export type StepBatch = {
  /** `[2 * batch, size, size, 3]` each. */
  teacher: tf.Tensor4D;
  student: tf.Tensor4D;
  /** `[localCrops * batch, localSize, localSize, 3]`. */
  local: tf.Tensor4D;
  /** `[batch]`, 0 or 1. */
  weak: tf.Tensor1D;
};

/** What the first half of a step gives to the second. */
export type Pass = {
  gradients: Named;
  losses: Losses;
  health: Health;
  intake: Intake;
  /** Next running statistics of the heads. */
  statistics: { student: NetworkBuffers; teacher: NetworkBuffers };
};

/** What a step tells: losses, health and the global norm of the gradient before clipping. */
export type Facts = Losses & Health & { gradientNorm: tf.Scalar };
