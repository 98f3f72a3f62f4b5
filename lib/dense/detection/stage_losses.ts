import * as tf from "@tensorflow/tfjs";
import { decodedBoxes, giouLoss } from "./box_losses.ts";
import type { Deviations } from "./box_coder.ts";
import { type BoxOutput, ofClass } from "./roi_heads.ts";
import { binaryCrossEntropy } from "./rpn.ts";
import type { StageTargets } from "./stage_targets.ts";

/** The losses of a stage for the classes and the places of boxes, and the share of right classes. */
export type BoxLosses = { class: tf.Scalar; box: tf.Scalar; accuracy: tf.Scalar };

/**
 * The losses of what a head says of boxes: cross entropy of the classes, and where there is an
 * object the generalized overlap of the box that the deltas of its class lead to
 * (`BBoxHead.loss` of mmdetection). Both are divided by the number of all boxes.
 */
export function boxLosses(
  { scores, deltas }: BoxOutput,
  { boxes, present, labels, truth }: StageTargets["boxes"],
  deviations: Deviations,
): BoxLosses {
  const classes = scores.shape[1] - 1;
  const count = present.sum().maximum(1);
  const targets = tf.oneHot(labels, classes + 1).toFloat() as tf.Tensor2D;
  const entropy = tf.logSoftmax(scores).mul(targets).sum(1).neg();
  const objects = targets.slice([0, 0], [-1, classes]);
  const ofClasses = deltas.reshape([-1, classes, 4]).mul(objects.expandDims(2)).sum<tf.Tensor2D>(1);
  const distances = giouLoss(decodedBoxes(boxes, ofClasses, deviations), truth);
  const isRight = scores.argMax(1).equal(labels).toFloat().mul(present);
  return {
    class: entropy.mul(present).sum().div(count),
    box: distances.mul(objects.sum(1)).mul(present).sum().div(count),
    accuracy: isRight.sum().div(count),
  };
}

/**
 * The loss of the masks of the objects' classes: the mean over all their places (`FCNMaskHead.loss`).
 *
 * @param masks Logits `[regions, side, side, classes]`.
 */
export function maskLoss(
  masks: tf.Tensor4D,
  { present, labels, truth }: StageTargets["masks"],
): tf.Scalar {
  const [, rows, columns] = masks.shape;
  const logits = ofClass(masks, labels);
  const count = present.sum().maximum(1).mul(rows * columns);
  return binaryCrossEntropy(logits, truth).mul(present.reshape([-1, 1, 1])).sum().div(count);
}
