import * as tf from "@tensorflow/tfjs";

/**
 * The newest embeddings of each large view, newest first, `[views, length, width]`; zeros where
 * none have come yet.
 */
export type EmbeddingQueue = tf.Tensor3D;

/** The queue after embeddings `[views * batch, width]`, view after view, have moved it on. */
export function push(queue: EmbeddingQueue, embeddings: tf.Tensor2D): EmbeddingQueue {
  const [views, length, width] = queue.shape;
  const newest = embeddings.reshape<tf.Tensor3D>([views, -1, width]);
  const older = queue.slice<tf.Tensor3D>([0, 0, 0], [views, length - newest.shape[1], width]);
  return tf.concat([newest, older], 1);
}

/** 1 where a view's queue is full, else 0, `[views]`: its last row is no longer zero. */
export function isFull(queue: EmbeddingQueue): tf.Tensor1D {
  const [views, length, width] = queue.shape;
  const last = queue.slice([0, length - 1, 0], [views, 1, width]);
  return last.abs().max([1, 2]).greater<tf.Tensor1D>(0).toFloat();
}
