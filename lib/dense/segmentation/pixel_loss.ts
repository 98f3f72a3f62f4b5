import * as tf from "@tensorflow/tfjs";
import { customGradient, resizeMap } from "../../nn/mod.ts";

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
  const sum = crossEntropySum(labels)(pixels);
  const count = labeled.sum<tf.Scalar>().toFloat();
  const right = pixels.argMax(3).equal(labels).logicalAnd(labeled).sum<tf.Scalar>();
  return {
    loss: sum.div(divisor === "all" ? labels.size : count.maximum(1)),
    accuracy: right.mul<tf.Scalar>(100).div(count.maximum(1)),
  };
}

/**
 * The sum of the cross-entropies of labeled pixels. For its gradient, the share of each class less
 * the label, nothing is kept but the logits: they are the largest tensors of a step.
 */
function crossEntropySum(labels: tf.Tensor3D): (pixels: tf.Tensor4D) => tf.Scalar {
  // A label that is ignored is that of no class.
  const targetsOf = (pixels: tf.Tensor4D) => tf.oneHot(labels, pixels.shape[3]).toFloat();
  return customGradient(
    (pixels: tf.Tensor4D) => ({
      value: tf.logSoftmax(pixels).mul(targetsOf(pixels)).sum<tf.Scalar>().neg(),
      saved: { pixels },
    }),
    (dy, { pixels }) => {
      const targets = targetsOf(pixels);
      const labeled = labels.notEqual(IGNORED_LABEL).toFloat().expandDims(3);
      return [tf.softmax(pixels).mul(labeled).sub(targets).mul(dy)];
    },
  );
}
