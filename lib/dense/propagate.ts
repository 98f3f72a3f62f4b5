import * as tf from "@tensorflow/tfjs";

/** Frames whose labels are known. */
export type Context = {
  /** Features of their places, `[frames, places, channels]`. */
  features: tf.Tensor3D;
  /** How much of each label is in a place, `[frames, places, labels]`. */
  labels: tf.Tensor3D;
};

/** Settings of {@linkcode propagate}. */
export type PropagateOptions = {
  /** Places of the context from which a place takes its label; with ties, more of them. */
  topk: number;
  /** By what similarities are divided. */
  temperature?: number;
  /** Which places may tell which, `[places, places]` of 0 and 1; by default all. */
  neighborhood?: tf.Tensor2D;
};

/** What is worked out on the way from similarities to labels. */
export type Propagated = {
  /** Labels of the target, `[places, labels]`. */
  labels: tf.Tensor2D;
  /** How much each place of the target takes from each of the context, `[places, sources]`. */
  weights: tf.Tensor2D;
  /** The same before the weakest are left out and the rest sum to one. */
  affinity: tf.Tensor2D;
};

/**
 * Tells the places of a frame their labels by the most similar places of other frames
 * (`label_propagation` of the reference's `eval_video.py`).
 *
 * @param target Features of the frame's places, `[places, channels]`.
 */
export function propagate(
  target: tf.Tensor2D,
  context: Context,
  { topk, temperature = 0.1, neighborhood }: PropagateOptions,
): Propagated {
  const [frames, places, channels] = context.features.shape;
  const sources = frames * places;
  // The fewer numbers are divided: those of the target instead of the similarities, and the labels
  // instead of the weights.
  const similarities = tf.matMul<tf.Tensor2D>(
    unit(target).div<tf.Tensor2D>(temperature),
    unit(context.features.reshape<tf.Tensor2D>([sources, channels])),
    false,
    true,
  ).exp();
  const affinity = neighborhood
    ? similarities.reshape([places, frames, places]).mul(neighborhood.expandDims(1))
      .reshape<tf.Tensor2D>([places, sources])
    : similarities;
  const { values } = tf.topk(affinity, Math.min(topk, sources));
  const weakest = values.min(1, true);
  const strong = tf.where(affinity.greaterEqual(weakest), affinity, tf.zerosLike(affinity));
  const sum = strong.sum<tf.Tensor2D>(1, true);
  const known = context.labels.reshape<tf.Tensor2D>([sources, -1]);
  return { labels: tf.matMul(strong, known).div(sum), weights: strong.div(sum), affinity };
}

/** Rows of length one. */
function unit(rows: tf.Tensor2D): tf.Tensor2D {
  return rows.div(rows.norm(2, 1, true).maximum(1e-12));
}
