import * as tf from "@tensorflow/tfjs";
import { normalize } from "../nn/mod.ts";

/** Options of {@linkcode kMeans}. */
export type KMeansOptions = {
  iterations: number;
  /** How many rows are compared with the centroids at a time. */
  block?: number;
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
  { iterations, block = 4096 }: KMeansOptions,
): Clusters {
  return tf.tidy(() => {
    const blocks = cut(rows, block);
    let centroids = initial;
    for (let i = 0; i < iterations; i++) {
      const before = centroids;
      centroids = tf.tidy(() => move(before, blocks));
    }
    const nearestOfBlocks = blocks.map((rows) => tf.tidy(() => nearest(rows, centroids)));
    return { centroids, assignments: tf.concat(nearestOfBlocks) };
  });
}

/** The mean of the rows that are nearest to each centroid. */
function move(centroids: tf.Tensor2D, blocks: tf.Tensor2D[]): tf.Tensor2D {
  const [clusters] = centroids.shape;
  let sums: tf.Tensor = tf.zerosLike(centroids);
  let counts: tf.Tensor = tf.zeros([clusters, 1]);
  for (const rows of blocks) {
    const members = tf.oneHot(nearest(rows, centroids), clusters).toFloat(); // [rows, clusters]
    sums = sums.add(tf.matMul(members, rows, true));
    counts = counts.add(members.sum(0).expandDims(1));
  }
  const means = sums.div(counts.maximum(1));
  return normalize(tf.where(counts.greater(0), means, centroids) as tf.Tensor2D);
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
