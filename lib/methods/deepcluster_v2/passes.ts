import * as tf from "@tensorflow/tfjs";
import type { DeepclusterV2Config } from "../../configs/mod.ts";
import type { Batch, BatchViews } from "../../datasets/mod.ts";
import { ignoredLabel, labelCrossEntropy, withoutGradient } from "../../objectives/mod.ts";
import { flatten, type Tree, unflatten } from "../../tree/mod.ts";
import { type BackbonePassOptions, type ImageGroup, viewsOf } from "../backbone.ts";
import type { Learned, LearnOptions, StudentViews, Surveyed, TeachOptions } from "../method.ts";
import { type AssignmentSigns, assignmentSigns, dimensions, featureSpread } from "../signs.ts";
import { embed, type Embeddings } from "../unit_embeddings.ts";
import type { Remembered } from "./memory.ts";
import type { DeepclusterV2Network } from "./network.ts";
import type { DeepclusterV2State } from "./state.ts";

/** Large views of an image, which are the first ones. */
const large = 2;

/** What a network makes of images. */
export type DeepclusterV2Output = Embeddings & {
  /** Products of embeddings and prototypes, `[images, clusters]` for each set of prototypes. */
  scores: tf.Tensor2D[];
};

/** A network's pass over groups of images, each of one size. */
export function forward(
  groups: readonly ImageGroup[],
  { prototypes, ...network }: DeepclusterV2Network,
  options: BackbonePassOptions,
): DeepclusterV2Output {
  const output = embed(groups, network, options);
  const scores = Object.values(prototypes)
    .map(({ weight }): tf.Tensor2D => tf.matMul(output.embeddings, weight, false, true));
  return { ...output, scores };
}

/**
 * The pass over all images before the first step, which fills the memory. Views go through the
 * network one after the other, in training mode: running statistics move once for each.
 *
 * Source: `init_memory` in DeepCluster-v2's main_deepclusterv2.py.
 */
export function survey(
  { learner: { student } }: DeepclusterV2State,
  { global }: Batch,
  { numbers, config, ...layout }: TeachOptions<DeepclusterV2Config>,
): Surveyed {
  const views = viewsOf(global!, large);
  let statistics: Tree = {};
  const embeddings = config.memoryViews.map((view) => {
    const { prototypes: _, ...network } = withStatistics(student, statistics);
    const output = embed([views[view]!], network, { config, ...layout });
    statistics = output.statistics;
    return output.embeddings;
  });
  const intake = remembered(tf.concat(embeddings), { global: global!, place: numbers.place! });
  return { intake, statistics };
}

/** A network with other running statistics. */
function withStatistics(network: DeepclusterV2Network, statistics: Tree): DeepclusterV2Network {
  return unflatten<DeepclusterV2Network>({ ...flatten(network), ...flatten(statistics) });
}

/**
 * The pass over all views, each of which is to tell the cluster of its image in every set of
 * prototypes.
 */
export function learn(
  { learner: { student }, buffers: { assignments } }: DeepclusterV2State,
  { groups }: StudentViews,
  { targets: _, numbers, config, ...layout }: LearnOptions<DeepclusterV2Config>,
): Learned {
  const output = forward(Object.values(groups), student, { config, ...layout });
  const { scores, statistics } = output;
  const global = groups.global!;
  const { temperature } = config;
  const images = global.images.shape[0] / large;
  const { labels, signs, intake } = withoutGradient(() => {
    const labels = tf.unstack(assignments.gather(rowsOf(global), 1)) as tf.Tensor1D[];
    const views = tf.split(output.embeddings.slice([0], [large * images]), large);
    const embeddings = tf.concat(config.memoryViews.map((view) => views[view] as tf.Tensor2D));
    return {
      labels,
      intake: remembered(embeddings, { global, place: numbers.place! }),
      signs: {
        spread: featureSpread(output.features.slice<tf.Tensor2D>([0], [large * images])),
        dimensions: dimensions(embeddings),
        ...clusterSigns(labels[0]!, scores[0]!.shape[1]),
      },
    };
  });
  const losses = scores.map((scores, set) => {
    const ofViews = labels[set]!.tile<tf.Tensor1D>([scores.shape[0] / images]);
    return labelCrossEntropy(scores.div<tf.Tensor2D>(temperature), ofViews);
  });
  return {
    losses: { total: tf.addN(losses).div(losses.length) },
    intake,
    signs,
    statistics,
  };
}

/** What the buffers take in of the embeddings of a batch. */
function remembered(
  embeddings: tf.Tensor2D,
  { global, place }: { global: BatchViews; place: tf.Scalar },
): Remembered {
  return { embeddings, rows: rowsOf(global).clone(), place: place.clone() };
}

/** Which image each one of a batch is. */
function rowsOf({ rows }: BatchViews): tf.Tensor1D {
  if (rows) return rows;
  throw new TypeError("Cannot look up clusters: the batch does not say which images it holds");
}

/** Signs of life of clusters, from the labels `[batch]` of those images that have one. */
function clusterSigns(labels: tf.Tensor1D, clusters: number): AssignmentSigns {
  const present = labels.notEqual(ignoredLabel).toFloat().expandDims(1);
  const places = tf.oneHot(labels.maximum(tf.scalar(0, "int32")), clusters).mul(present);
  const mean = places.sum(0, true).div(present.sum().maximum(1));
  const { prototypeEntropy } = assignmentSigns(mean as tf.Tensor2D);
  return { targetEntropy: tf.scalar(0), prototypeEntropy };
}

/** The share of each cluster of the first set in images, as a view predicts it. */
export function assign(
  { learner: { student } }: DeepclusterV2State,
  images: tf.Tensor4D,
  config: DeepclusterV2Config,
): tf.Tensor2D {
  const { scores: [scores] } = forward([{ images }], student, { config });
  return tf.softmax(scores!.div<tf.Tensor2D>(config.temperature));
}
