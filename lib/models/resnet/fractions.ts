import * as tf from "@tensorflow/tfjs";
import { imagenetDeviation, imagenetMean } from "../../transforms/mod.ts";

/** Normalized images `[batch, height, width, 3]` as pixels from 0 to 1 again. */
export function toFractions(images: tf.Tensor4D): tf.Tensor4D {
  return images.mul<tf.Tensor4D>(tf.tensor1d([...imagenetDeviation]))
    .add(tf.tensor1d([...imagenetMean]));
}
