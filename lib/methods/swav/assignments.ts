import * as tf from "@tensorflow/tfjs";
import type { Processes } from "../../nn/mod.ts";
import { sinkhorn } from "../../objectives/mod.ts";
import { type EmbeddingQueue, isFull } from "./queue.ts";

/** Options of {@linkcode assignments}. */
export type AssignmentOptions = {
  epsilon: number;
  iterations: number;
  /** Embeddings of earlier images, which are assigned with a batch once there are enough. */
  queue?: EmbeddingQueue;
  /** The processes whose images are assigned together; each brings its part of the queue. */
  processes?: Processes;
};

/**
 * The soft assignments of two large views to the prototypes, `[2 * batch, prototypes]`: those of
 * {@linkcode sinkhorn}, for each view by itself.
 *
 * @param scores Their products with the prototypes, `[2 * batch, prototypes]`, view after view.
 * @param prototypes Rows of unit length, `[prototypes, width]`.
 */
export function assignments(
  scores: tf.Tensor2D,
  prototypes: tf.Tensor2D,
  { queue, ...options }: AssignmentOptions,
): tf.Tensor2D {
  const views = tf.split<tf.Tensor2D>(scores, 2);
  if (!queue) return tf.concat(views.map((scores) => sinkhorn(scores, options)));
  const queues = tf.unstack(partOf(queue, options.processes)) as tf.Tensor2D[];
  const length = queues[0]!.shape[0];
  const full = tf.unstack(isFull(queue));
  return tf.concat(views.map((scores, view) => {
    const batch = scores.shape[0];
    const earlier: tf.Tensor2D = tf.matMul(queues[view]!, prototypes, false, true);
    const weights = tf.concat1d([tf.ones<tf.Rank.R1>([length]).mul(full[view]!), tf.ones([batch])]);
    const all = tf.concat2d([earlier, scores], 0);
    return sinkhorn(all, { ...options, weights }).slice([length], [batch]);
  }));
}

/** The part of a queue that a process brings: all of it where there are no others. */
function partOf(queue: EmbeddingQueue, processes: Processes | undefined): EmbeddingQueue {
  if (!processes) return queue;
  const length = queue.shape[1] / processes.count; // it holds whole batches, which are shared
  return queue.slice([0, processes.index * length, 0], [-1, length, -1]);
}
