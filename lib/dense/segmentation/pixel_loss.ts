import * as tf from "@tensorflow/tfjs";
import { resizeMap } from "../../nn/mod.ts";

/** The label of pixels that are not learned from. */
export const IGNORED_LABEL = 255;

/**
 * By what the sum of the losses of pixels is divided: the number of `all` of them, ignored ones
 * too, as in mmsegmentation by default, or of `labeled` ones.
 */
export type PixelDivisor = "all" | "labeled";

/** The loss of a head, and how much it has right. */
export type PixelLoss = {
  loss: tf.Scalar;
  /** The share of labeled pixels whose class is right, in percent. */
  accuracy: tf.Scalar;
};

/**
 * The cross-entropy of pixels from logits of places, which are interpolated to the size of the
 * labels.
 *
 * @param logits `[batch, rows, columns, classes]`.
 * @param labels `[batch, height, width]`, int32; pixels of {@linkcode IGNORED_LABEL} do not count.
 */
export function pixelLoss(
  logits: tf.Tensor4D,
  labels: tf.Tensor3D,
  { divisor = "all" }: { divisor?: PixelDivisor } = {},
): PixelLoss {
  const [, height, width] = labels.shape;
  const pixels = resizeMap(logits, [height, width]);
  const labeled = labels.notEqual(IGNORED_LABEL);
  const targets = tf.oneHot(labels, logits.shape[3]); // nothing where a pixel is ignored
  const sum = tf.logSoftmax(pixels).mul(targets).sum<tf.Scalar>().neg();
  const count = labeled.sum<tf.Scalar>().toFloat();
  const right = pixels.argMax(3).equal(labels).logicalAnd(labeled).sum<tf.Scalar>();
  return {
    loss: sum.div(divisor === "all" ? labels.size : count.maximum(1)),
    accuracy: right.mul<tf.Scalar>(100).div(count.maximum(1)),
  };
}
