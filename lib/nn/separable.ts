import * as tf from "@tensorflow/tfjs";

/** The weights `[to, from]` by which places of one axis are made of those of another, row by row. */
export type AxisWeights = { to: number; from: number; weights: Float32Array };

/**
 * Maps `[batch, height, width, channels]` whose rows and columns are mixed by constant weights: two
 * products, so that gradients are their own.
 */
export function separable(x: tf.Tensor4D, rows: AxisWeights, columns: AxisWeights): tf.Tensor4D {
  const [batch, , width, channels] = x.shape;
  const tall = mixed(x.reshape([batch, rows.from, width * channels]), rows);
  const wide = mixed(tall.reshape([batch * rows.to, columns.from, channels]), columns);
  return wide.reshape([batch, rows.to, columns.to, channels]);
}

/** The same axes the other way round: what leads gradients back. */
export function transposed({ to, from, weights }: AxisWeights): AxisWeights {
  const values = new Float32Array(weights.length);
  for (let i = 0; i < to; i++) {
    for (let j = 0; j < from; j++) values[j * to + i] = weights[i * from + j]!;
  }
  return { to: from, from: to, weights: values };
}

function mixed(x: tf.Tensor3D, { to, from, weights }: AxisWeights): tf.Tensor3D {
  return tf.matMul(tf.tensor3d(weights, [1, to, from]), x);
}
