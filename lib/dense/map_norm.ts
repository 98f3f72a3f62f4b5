import type * as tf from "@tensorflow/tfjs";
import {
  type BatchNorm,
  batchNorm,
  type BatchNormBuffers,
  type RunningOptions,
  trainBatchNorm,
} from "../nn/mod.ts";

/**
 * A batch normalization of a map `[batch, height, width, channels]` in one of its two modes; `path`
 * says where in the network it stands.
 */
export type MapNorm = (x: tf.Tensor4D, p: BatchNorm, path: string) => tf.Tensor4D;

/** The next running statistics by the path of their batch normalization. */
export type MapStatistics = Record<string, BatchNormBuffers>;

/** Normalizes by the running statistics, as in scoring. */
export const scoringNorm: MapNorm = (x: tf.Tensor4D, p: BatchNorm): tf.Tensor4D => batchNorm(x, p);

/** Normalizes by the statistics of the maps themselves, and collects the next running ones. */
export function collectingNorm(
  options: RunningOptions = {},
): { norm: MapNorm; statistics: MapStatistics } {
  const statistics: MapStatistics = {};
  const norm: MapNorm = (x, p, path) => {
    const [y, next] = trainBatchNorm(x, p, options);
    statistics[path] = next;
    return y;
  };
  return { norm, statistics };
}
