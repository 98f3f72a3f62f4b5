import * as tf from "@tensorflow/tfjs";
import { linear } from "./linear.ts";

/**
 * Parameters of a transposed convolution: weight `[in, out, size, size]`, as PyTorch lays it out,
 * and bias `[out]`.
 */
export type TransposedConv = { weight: tf.Tensor4D; bias?: tf.Tensor1D };

/**
 * The transposed convolution of images `[batch, height, width, in]` whose stride is the size of its
 * kernel: each pixel becomes a square of that size, and no two squares overlap. So it is a product
 * and a change of order, whose gradients are their own.
 *
 * @returns `[batch, size height, size width, out]`.
 */
export function transposedConv(x: tf.Tensor4D, { weight, bias }: TransposedConv): tf.Tensor4D {
  const [batch, height, width] = x.shape;
  const [inputs, out, size] = weight.shape;
  const matrix = weight.transpose([2, 3, 1, 0]).reshape<tf.Tensor2D>([size * size * out, inputs]);
  const squares = linear(x, { weight: matrix })
    .reshape([batch * height, width, size, size * out])
    .transpose([0, 2, 1, 3]) // the rows of all squares of a row of pixels, one after the other
    .reshape<tf.Tensor4D>([batch, size * height, size * width, out]);
  return bias ? squares.add(bias) : squares;
}
