import * as tf from "@tensorflow/tfjs";
import type { DeepclusterV2Config } from "../../configs/mod.ts";
import { kMeans, labelsOf } from "../../objectives/mod.ts";
import type { Named } from "../../tree/mod.ts";
import type { BetweenOptions } from "../method.ts";
import type { ClusterBuffers } from "./memory.ts";
import { prototypesName } from "./network.ts";
import type { DeepclusterV2State } from "./state.ts";

/** What clustering changes: the prototypes by their names, and the images' clusters. */
export type Clustering = { student: Named; buffers: ClusterBuffers };

/**
 * What happens between epochs: the remembered embeddings are clustered, once for each set of
 * prototypes, which become the centroids; and all images are assigned for the next epoch.
 *
 * @param options `random` draws the rows from which k-means begins.
 */
export function between(
  { buffers }: DeepclusterV2State,
  { config, random, processes }: BetweenOptions<DeepclusterV2Config>,
): Clustering {
  const [rows] = buffers.index.shape;
  const first = config.clusters.map((count, set) =>
    Array.from(random.fork(set).permutation(rows).slice(0, count))
  );
  return cluster(buffers, first, { ...config, processes });
}

/** How the memory is clustered. */
export type ClusterOptions =
  & Pick<DeepclusterV2Config, "kMeansIterations">
  & Pick<BetweenOptions<DeepclusterV2Config>, "processes">;

/**
 * Clusters the memory from given rows of it, those of each set of prototypes.
 *
 * Source: `cluster_memory` in DeepCluster-v2's main_deepclusterv2.py.
 */
export function cluster(
  { memory, index, assignments: { shape: [, size] } }: ClusterBuffers,
  first: readonly number[][],
  { kMeansIterations: iterations, processes }: ClusterOptions,
): Clustering {
  return tf.tidy(() => {
    const memories = tf.unstack(memory) as tf.Tensor2D[];
    const sets = first.map((rows, set) => {
      const embeddings = memories[set % memories.length]!;
      const initial = embeddings.gather<tf.Tensor2D>(tf.tensor1d(rows, "int32"));
      const { centroids, assignments } = kMeans(embeddings, initial, { iterations, processes });
      return { centroids, labels: labelsOf(assignments, { index, size }) };
    });
    return {
      student: Object.fromEntries(
        sets.map(({ centroids }, set) => [prototypesName(set), centroids]),
      ),
      buffers: {
        memory,
        index,
        assignments: tf.stack(sets.map(({ labels }) => labels)) as tf.Tensor2D,
      },
    };
  });
}
