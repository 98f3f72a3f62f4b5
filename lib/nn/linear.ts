import * as tf from "@tensorflow/tfjs";

/** Parameters of a linear layer: weight `[out, in]`, bias `[out]`. */
export type Linear = { weight: tf.Tensor2D; bias?: tf.Tensor1D };

/** x weightᵀ + bias over the last axis, as one plain matrix product whatever the rank of `x`. */
export function linear<T extends tf.Tensor>(x: T, { weight, bias }: Linear): T {
  const [out, width] = weight.shape;
  const rows = x.rank === 2 ? x as tf.Tensor as tf.Tensor2D : x.reshape<tf.Tensor2D>([-1, width]);
  const product = tf.matMul(rows, weight, false, true);
  const y = bias ? product.add(bias) : product;
  return (x.rank === 2 ? y : y.reshape([...x.shape.slice(0, -1), out])) as tf.Tensor as T;
}
