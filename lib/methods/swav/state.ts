import * as tf from "@tensorflow/tfjs";
import type { SwavConfig } from "../../configs/mod.ts";
import type { Random } from "../../random/mod.ts";
import { below, type Named, type Shapes } from "../../tree/mod.ts";
import { initNetwork, networkShapes, type SwavNetwork } from "./network.ts";
import { type EmbeddingQueue, push } from "./queue.ts";

/** What SwAV carries from step to step beside its network. */
export type SwavBuffers = {
  /** Embeddings of the large views of earlier images; none where no queue is kept. */
  queue?: EmbeddingQueue;
};

/** What SwAV carries from step to step: there is no teacher. */
export type SwavState = { learner: { student: SwavNetwork }; buffers: SwavBuffers };

/** The tensors of the network and the queue. */
export function shapes(config: SwavConfig): Shapes {
  const queue = queueShape(config);
  return {
    ...below("learner.student", networkShapes(config)),
    ...queue && { "buffers.queue": queue },
  };
}

/** The network and the queue before the first step. */
export function init(config: SwavConfig, random: Random): SwavState {
  const queue = queueShape(config);
  return {
    learner: { student: initNetwork(config, random.fork("student")) },
    buffers: queue ? { queue: tf.zeros(queue) } : {},
  };
}

/** The queue after a step. */
export function next({ queue }: SwavBuffers, { embeddings }: Named): SwavBuffers {
  return queue ? { queue: push(queue, embeddings as tf.Tensor2D) } : {};
}

/**
 * `[views, length, width]`; as in the official program, the length is cut to whole batches.
 */
function queueShape(
  { queue, batchSize, headOut }: SwavConfig,
): [number, number, number] | undefined {
  return queue > 0 ? [2, queue - queue % batchSize, headOut] : undefined;
}
