import type * as tf from "@tensorflow/tfjs";
import { geluLinear } from "./gelu_linear.ts";
import { differentiating, type Linear, linear, linearGelu } from "./linear.ts";

/** Parameters of a transformer block's two-layer perceptron. */
export type Mlp = { fc1: Linear; fc2: Linear };

/** What layers keep for their gradients. */
export type Keeping = {
  /**
   * Whether the insides of GELU and the weights of attention, which are larger than tokens, are
   * computed anew for the gradients instead of being kept; by default not.
   */
  lean?: boolean;
};

/** Linear, GELU, linear, over the last axis. */
export function mlp<T extends tf.Tensor>(x: T, p: Mlp, { lean = false }: Keeping = {}): T {
  if (lean && differentiating()) return geluLinear(linear(x, p.fc1), p.fc2);
  return linear(linearGelu(x, p.fc1), p.fc2);
}
