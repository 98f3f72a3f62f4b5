import type * as tf from "@tensorflow/tfjs";
import { normalize } from "./normalize.ts";

/** A weight `[out, in]` as the direction `weight_v` and the length `weight_g` `[out, 1]` of each row. */
export type WeightNorm = { weight_g: tf.Tensor2D; weight_v: tf.Tensor2D };

/** The weight that these parameters stand for: g v / ‖v‖ (Salimans and Kingma, 2016). */
export function weightNorm({ weight_g, weight_v }: WeightNorm): tf.Tensor2D {
  return normalize(weight_v).mul(weight_g);
}
