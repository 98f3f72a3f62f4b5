import * as tf from "@tensorflow/tfjs";
import { alone, normalize, type Summing } from "../nn/mod.ts";

/** Options of {@linkcode kMeans}. */
export type KMeansOptions = {
  iterations: number;
  /** How many rows are compared with the centroids at a time. */
  block?: number;
  /** The processes that share the rows, each of which has all; by default this one is alone. */
  processes?: Summing;
};

/**
 * Centroids of unit length `[clusters, width]` and the nearest one of every row, int32 `[rows]`.
 */
export type Clusters = { centroids: tf.Tensor2D; assignments: tf.Tensor1D };

/**
 * Spherical k-means of unit rows `[rows, width]` from given centroids `[clusters, width]`: a row
 * belongs to the centroid of the greatest dot product, and a centroid becomes the mean of its rows,
 * at unit length. A centroid without rows stays. The assignments are those of the last centroids.
 *
 * Source: `cluster_memory` in DeepCluster-v2's main_deepclusterv2.py.
 */
export function kMeans(
  rows: tf.Tensor2D,
  initial: tf.Tensor2D,
  { iterations, block = 4096, processes = alone }: KMeansOptions,
): Clusters {
  return tf.tidy(() => {
    const { first, last } = shareOf(rows, processes);
    const blocks = cut(rows.slice([first, 0], [last - first, -1]), block);
    let centroids = initial;
    for (let i = 0; i < iterations; i++) {
      const before = centroids;
      centroids = tf.tidy(() => move(before, blocks, processes));
    }
    const nearestOfBlocks = blocks.map((rows) => tf.tidy(() => nearest(rows, centroids)));
    const ends: [number, number] = [first, rows.shape[0] - last];
    const row = tf.concat(nearestOfBlocks).toFloat().pad([ends]).expandDims<tf.Tensor2D>(0);
    return { centroids, assignments: processes.sum(row).squeeze<tf.Tensor1D>([0]).toInt() };
  });
}

/** The rows of a process: from the first to before the last. */
function shareOf({ shape: [rows] }: tf.Tensor2D, { count, index }: Summing) {
  return {
    first: Math.floor(rows * index / count),
    last: Math.floor(rows * (index + 1) / count),
  };
}

/** The mean of the rows that are nearest to each centroid. */
function move(centroids: tf.Tensor2D, blocks: tf.Tensor2D[], { sum }: Summing): tf.Tensor2D {
  const [clusters, width] = centroids.shape;
  let sums: tf.Tensor2D = tf.zerosLike(centroids);
  let counts: tf.Tensor2D = tf.zeros([clusters, 1]);
  for (const rows of blocks) {
    const members = tf.oneHot(nearest(rows, centroids), clusters).toFloat(); // [rows, clusters]
    sums = sums.add(tf.matMul(members, rows, true));
    counts = counts.add(members.sum(0).expandDims(1));
  }
  const [total, count] = tf.split(sum(tf.concat([sums, counts], 1)), [width, 1], 1) as [
    tf.Tensor2D,
    tf.Tensor2D,
  ];
  const means = total.div(count.maximum(1));
  return normalize(tf.where(count.greater(0), means, centroids) as tf.Tensor2D);
}

/** The centroid of the greatest dot product with each row, int32 `[rows]`. */
function nearest(rows: tf.Tensor2D, centroids: tf.Tensor2D): tf.Tensor1D {
  return tf.matMul(rows, centroids, false, true).argMax(-1);
}

function cut(rows: tf.Tensor2D, block: number): tf.Tensor2D[] {
  const count = rows.shape[0];
  return Array.from(
    { length: Math.ceil(count / block) },
    (_, i) => rows.slice([i * block], [Math.min(block, count - i * block)]),
  );
}
