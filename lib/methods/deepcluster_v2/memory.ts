import * as tf from "@tensorflow/tfjs";
import { ignoredLabel } from "../../objectives/mod.ts";
import type { Shapes } from "../../tree/mod.ts";

/**
 * What an epoch leaves for the next one: the newest embedding of every image that was in a batch,
 * and the clusters to which the epoch before had assigned them.
 */
export type ClusterBuffers = {
  /** Embeddings of the remembered views, `[views, rows, width]`. */
  memory: tf.Tensor3D;
  /** Which image each row belongs to, int32 `[rows]`. */
  index: tf.Tensor1D;
  /** The cluster of every image in each set of prototypes, int32 `[sets, images]`. */
  assignments: tf.Tensor2D;
};

/** The sizes of the buffers. */
export type BufferSizes = {
  views: number;
  /** Images of the batches of an epoch. */
  rows: number;
  width: number;
  sets: number;
  /** Images of the data set. */
  images: number;
};

/** The tensors of the buffers. */
export function bufferShapes({ views, rows, width, sets, images }: BufferSizes): Shapes {
  return { memory: [views, rows, width], index: [rows], assignments: [sets, images] };
}

/** Buffers in which nothing is remembered: no image has a cluster. */
export function initBuffers({ views, rows, width, sets, images }: BufferSizes): ClusterBuffers {
  return {
    memory: tf.zeros([views, rows, width]),
    index: tf.zeros([rows], "int32"),
    assignments: tf.fill([sets, images], ignoredLabel, "int32"),
  };
}

/** What the buffers take in of a batch. */
export type Remembered = {
  /** Of the remembered views, `[views * batch, width]`, view after view. */
  embeddings: tf.Tensor2D;
  /** Which image each is, int32 `[batch]`. */
  rows: tf.Tensor1D;
  /** Batches before this one in its epoch. */
  place: tf.Scalar;
};

/** The buffers after a batch, whose embeddings take the places of an earlier epoch. */
export function remember(
  { memory, index, assignments }: ClusterBuffers,
  { embeddings, rows, place }: Remembered,
): ClusterBuffers {
  const [views] = memory.shape, [batch] = rows.shape;
  const first = place.toInt().mul(tf.scalar(batch, "int32"));
  const places = tf.range(0, batch, 1, "int32").add<tf.Tensor1D>(first);
  const placesOfViews = Array.from(
    { length: views },
    (_, view) => tf.stack([tf.fill([batch], view, "int32"), places], 1),
  );
  return {
    memory: tf.tensorScatterUpdate(memory, tf.concat(placesOfViews), embeddings) as tf.Tensor3D,
    index: tf.tensorScatterUpdate(index, places.expandDims(1), rows) as tf.Tensor1D,
    assignments,
  };
}
