import type * as tf from "@tensorflow/tfjs";

/** Whether tensors are stacks `[count, ...shape]` of equal parameters, each treated by itself. */
export type Stacked = { stacked?: boolean };

/**
 * The axes of a parameter along which its length is taken: all, but the first one of a stack. Then
 * they stay with size 1, so that each parameter can be scaled by its own number.
 */
export function axesOf(x: tf.Tensor, stacked: boolean): number[] {
  return Array.from({ length: x.rank }, (_, axis) => axis).slice(stacked ? 1 : 0);
}

/** ‖x‖₂ of a parameter, or `[count, 1, ...]` of each in a stack. */
export function lengthOf(x: tf.Tensor, stacked: boolean): tf.Tensor {
  return x.square().sum(axesOf(x, stacked), stacked).sqrt();
}
