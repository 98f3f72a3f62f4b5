import type * as tf from "@tensorflow/tfjs";
import { conv } from "../../nn/mod.ts";

/** Parameters of a classifier of places: weight `[classes, channels, 1, 1]`, bias `[classes]`. */
export type PlaceClassifier = { weight: tf.Tensor4D; bias: tf.Tensor1D };

/**
 * The logits of the places of a map `[batch, rows, columns, channels]`.
 *
 * @param dropout What channels are multiplied with, `[batch, channels]`: 0 where they are dropped,
 * whole maps at a time, as PyTorch's `Dropout2d` does.
 */
export function classifyPlaces(
  x: tf.Tensor4D,
  { weight, bias }: PlaceClassifier,
  dropout?: tf.Tensor2D,
): tf.Tensor4D {
  const rest = dropout ? x.mul<tf.Tensor4D>(dropout.expandDims(1).expandDims(1)) : x;
  return conv(rest, { weight }).add(bias);
}
