import type * as tf from "@tensorflow/tfjs";
import { logSumExp } from "./log_sum_exp.ts";

/** Options of {@linkcode patchLoss}. */
export type PatchLossOptions = {
  /** 1 where a patch was masked, else 0, `[images, patches]`. */
  masks: tf.Tensor2D;
  /** The student's temperature. */
  temperature: number;
};

/**
 * Cross-entropy of the student's assignments of masked patches to those of the teacher, which sees
 * them: the mean over the masked patches of an image, then over images. An image without mask
 * counts with a loss of 0.
 *
 * Source: Zhou et al. 2022, equation 2; `iBOTLoss` in iBOT's main_ibot.py.
 *
 * @param student Logits `[images, patches, prototypes]`.
 * @param targets Assignments of the same shape, from {@linkcode softAssignment}.
 */
export function patchLoss(
  student: tf.Tensor3D,
  targets: tf.Tensor3D,
  { masks, temperature }: PatchLossOptions,
): tf.Scalar {
  const logits = student.div<tf.Tensor3D>(temperature);
  const losses = logSumExp(logits).sub(targets.mul(logits).sum(-1)); // [images, patches]
  return losses.mul(masks).sum(1).div(masks.sum(1).maximum(1)).mean();
}
