import * as tf from "@tensorflow/tfjs";
import type { Backbone } from "../models/mod.ts";
import type { Sequential } from "../nn/mod.ts";
import type { Tree } from "../tree/mod.ts";
import { type BackbonePassOptions, groupFeatures, type ImageGroup, viewsOf } from "./backbone.ts";
import { trainByView } from "./by_view.ts";

/** A backbone and its projector. */
export type ProjectedNetwork = { backbone: Backbone; head: Sequential };

/** How the layers of the heads over two views are run. */
export const headOptions = { views: 2, activation: "relu" } as const;

/** What a network makes of two views, `[2 * batch, ...]`. */
export type Projections = {
  features: tf.Tensor2D;
  projections: tf.Tensor2D;
  /** The next running statistics, by the names of the network's tensors. */
  statistics: { backbone: Tree; head: Tree };
};

/** A network's pass over two views of every image, each of which is a batch of its own. */
export function projectTwoViews(
  views: ImageGroup,
  { backbone, head }: ProjectedNetwork,
  options: BackbonePassOptions,
): Projections {
  const [features, statistics] = groupFeatures(viewsOf(views, 2), backbone, options);
  const [projections, buffers] = trainByView(features, head, {
    ...headOptions,
    ...options.running,
    processes: options.processes,
  });
  return { features, projections, statistics: { backbone: statistics, head: buffers } };
}

/** The rows of the first views, and those of the second ones. */
export function halves(rows: tf.Tensor): [tf.Tensor2D, tf.Tensor2D] {
  return tf.split(rows, 2) as [tf.Tensor2D, tf.Tensor2D];
}
