import type * as tf from "@tensorflow/tfjs";
import { type Linear, linear, linearGelu } from "./linear.ts";

/** Parameters of a transformer block's two-layer perceptron. */
export type Mlp = { fc1: Linear; fc2: Linear };

/** Linear, GELU, linear, over the last axis. */
export function mlp<T extends tf.Tensor>(x: T, p: Mlp): T {
  return linear(linearGelu(x, p.fc1), p.fc2);
}
