import * as tf from "@tensorflow/tfjs";
import { linear } from "./linear.ts";

/**
 * Parameters of a convolution: weight `[out, in, height, width]`, as PyTorch lays it out, and bias
 * `[out]`.
 */
export type Conv = { weight: tf.Tensor4D; bias?: tf.Tensor1D };

/** Options of {@linkcode conv}. */
export type ConvOptions = {
  /** Pixels from one place of the kernel to the next, both ways. */
  stride?: number;
  /**
   * Pixels of zeros added on each of the four sides, as PyTorch does; or `same`, TensorFlow's rule,
   * which adds what a side lacks for its length over the stride, rounded up, the larger half at the
   * end.
   */
  padding?: number | "same";
};

/**
 * Convolves images `[batch, height, width, in]`. A kernel of one pixel is a product
 * with the pixels that it meets, which is faster; and where its stride leaves pixels over,
 * TensorFlow's own gradient of the weight is wrong (2.21, oneDNN).
 */
export function conv(x: tf.Tensor4D, p: Conv, options: ConvOptions = {}): tf.Tensor4D {
  const y = convolved(x, p, options);
  return p.bias ? y.add(p.bias) : y;
}

function convolved(
  x: tf.Tensor4D,
  { weight }: Conv,
  { stride = 1, padding = 0 }: ConvOptions,
): tf.Tensor4D {
  const [out, inputs, height, width] = weight.shape;
  if (height === 1 && width === 1 && (padding === 0 || padding === "same")) {
    const pixels = stride === 1 ? x : tf.avgPool(x, 1, stride, "valid");
    return linear(pixels, { weight: weight.reshape([out, inputs]) });
  }
  const filter = weight.transpose<tf.Tensor4D>([2, 3, 1, 0]);
  if (padding === "same") return tf.conv2d(x, filter, stride, "same");
  const side: [number, number] = [padding, padding];
  return tf.conv2d(x, filter, stride, padding === 0 ? "valid" : [[0, 0], side, side, [0, 0]]);
}
