import * as tf from "@tensorflow/tfjs";
import { customGradient } from "./custom_gradient.ts";
import { euclideanNorm } from "./euclidean_norm.ts";
import { normalize } from "./normalize.ts";

/**
 * A weight `[out, in]` as the direction `weight_v` and the length `weight_g` `[out, 1]` of each
 * row.
 */
export type WeightNorm = { weight_g: tf.Tensor2D; weight_v: tf.Tensor2D };

/** The weight that these parameters stand for: g v / ‖v‖ (Salimans and Kingma, 2016). */
export function weightNorm({ weight_g, weight_v }: WeightNorm): tf.Tensor2D {
  return normalize(weight_v).mul(weight_g);
}

/**
 * x weightᵀ with the weight of {@linkcode weightNorm}, for few rows `[rows, in]` and many outputs:
 * what is scaled are the products, which are fewer numbers than the weight has, and the weight
 * itself is never made. The gradient is written out.
 */
export function weightNormLinear(x: tf.Tensor2D, p: WeightNorm): tf.Tensor2D {
  return scaledProducts(x, p.weight_g, p.weight_v);
}

const scaledProducts = customGradient(
  (x: tf.Tensor2D, g: tf.Tensor2D, v: tf.Tensor2D) => {
    const inverse = tf.div<tf.Tensor1D>(1, euclideanNorm(v, { axis: -1 }).maximum(1e-12)); // [out]
    const scale = inverse.mul<tf.Tensor1D>(g.reshape([v.shape[0]])); // [out]
    const products = tf.matMul(x, v, false, true); // [rows, out]
    return { value: products.mul<tf.Tensor2D>(scale), saved: { x, v, products, scale, inverse } };
  },
  (dy, { x, v, products, scale, inverse }) => {
    const out = v.shape[0];
    const scaled = dy.mul<tf.Tensor2D>(scale);
    const turned = dy.mul(products).sum(0).mul(inverse).reshape<tf.Tensor2D>([out, 1]); // of g
    const along = turned.mul(scale.mul(inverse).reshape([out, 1])); // the length does not count
    return [
      tf.matMul(scaled, v),
      turned,
      tf.matMul(scaled, x, true, false).sub(v.mul(along)),
    ];
  },
);
