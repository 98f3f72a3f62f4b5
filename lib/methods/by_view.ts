import * as tf from "@tensorflow/tfjs";
import {
  type BatchNorm,
  type BatchNormOptions,
  type Sequential,
  type SequentialBuffers,
  type SequentialOptions,
  trainSequential,
} from "../nn/mod.ts";

/**
 * Applies layers to rows `[views * batch, width]`, each view by itself: batch normalizations use
 * the statistics of a view, and running ones move once for each.
 */
export function trainByView(
  rows: tf.Tensor2D,
  layers: Sequential,
  { views, ...options }: { views: number } & SequentialOptions & BatchNormOptions,
): [tf.Tensor2D, SequentialBuffers] {
  let buffers: SequentialBuffers = {};
  const outputs = tf.split<tf.Tensor2D>(rows, views).map((view) => {
    const [output, next] = trainSequential(view, withStatistics(layers, buffers), options);
    buffers = next;
    return output;
  });
  return [tf.concat(outputs), buffers];
}

/** Layers with other running statistics. */
function withStatistics(layers: Sequential, buffers: SequentialBuffers): Sequential {
  const entries = Object.entries(buffers).map(([position, next]) =>
    [position, { ...layers[position] as BatchNorm, ...next }] as const
  );
  return { ...layers, ...Object.fromEntries(entries) };
}
