import * as tf from "@tensorflow/tfjs";
import { customGradient } from "./custom_gradient.ts";
import { gelu, geluSlope } from "./gelu.ts";
import { late } from "./late.ts";
import { type Linear, linear } from "./linear.ts";

/**
 * A linear layer of the GELU of hidden units `[..., in]`, for whose gradient the units alone are
 * kept: their GELU, which is as large, and its insides are computed anew.
 */
export function geluLinear<T extends tf.Tensor>(hidden: T, { weight, bias }: Linear): T {
  const [out, width] = weight.shape;
  const rows = hidden.reshape<tf.Tensor2D>([-1, width]);
  const y = layer(rows, weight, bias ?? tf.zeros<tf.Rank.R1>([out]));
  return y.reshape([...hidden.shape.slice(0, -1), out]) as tf.Tensor as T;
}

const layer = customGradient(
  (hidden: tf.Tensor2D, weight: tf.Tensor2D, bias: tf.Tensor1D) => ({
    value: linear(gelu(hidden), { weight, bias }),
    saved: { hidden, weight },
  }),
  (dy, { hidden, weight }) => {
    const again = late(hidden, dy);
    return [
      geluSlope(again).mul(tf.matMul(dy, weight)),
      tf.matMul(dy, gelu(again), true, false),
      dy.sum(0),
    ];
  },
);
