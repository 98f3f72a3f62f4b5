import * as tf from "@tensorflow/tfjs";
import type { InfoMinConfig } from "../../configs/mod.ts";
import type { Batch } from "../../datasets/mod.ts";
import { contrastLogits, firstIsRight } from "../../objectives/mod.ts";
import type { Tree } from "../../tree/mod.ts";
import { type BackbonePassOptions, groupFeatures, type ImageGroup } from "../backbone.ts";
import type { Learned, LearnOptions, Lesson, StudentViews, TeachOptions } from "../method.ts";
import { featureSpread } from "../signs.ts";
import { instanceHead, jigsawHead } from "./heads.ts";
import { grid, type InfoMinNetwork, type InfoMinState } from "./network.ts";

/** What a network makes of a view of every image, and of patches of another one. */
export type InfoMinOutput = {
  /** Embeddings of the views, `[batch, out]`. */
  query: tf.Tensor2D;
  /** Embeddings of the patches together, `[batch, out]`. */
  jigsaw: tf.Tensor2D;
  /** The next running statistics of the backbone. */
  statistics: Tree;
};

/** The student's pass over views `[batch, ...]`, then patches `[patches * batch, ...]`. */
export function forward(
  [views, patches]: readonly [ImageGroup, ImageGroup],
  { backbone, head, head_jig }: InfoMinNetwork,
  options: BackbonePassOptions,
): InfoMinOutput {
  const [features, statistics] = groupFeatures([views, patches], backbone, options);
  const count = grid ** 2, batch = features.shape[0] / (1 + count);
  const [whole, parts] = tf.split(features, [batch, count * batch]) as [tf.Tensor2D, tf.Tensor2D];
  // Patch p of image i lies in row p * batch + i.
  const rows = tf.range(0, count * batch, 1, "int32").reshape<tf.Tensor2D>([count, batch]);
  return {
    query: instanceHead(whole, head),
    jigsaw: jigsawHead(parts, head_jig, rows.transpose()),
    statistics,
  };
}

/**
 * The teacher's pass: its embeddings are the keys. The official program shuffles images between
 * devices, each of which normalizes by its own batch; on one device that changes nothing.
 */
export function teach(
  { learner: { teacher } }: InfoMinState,
  { key }: Batch,
  { numbers: _, config, ...layout }: TeachOptions<InfoMinConfig>,
): Lesson {
  const [features, statistics] = groupFeatures([key!], teacher.backbone, { config, ...layout });
  const keys = instanceHead(features, teacher.head);
  return {
    targets: { keys },
    intake: { keys },
    signs: { spread: featureSpread(features) },
    statistics: { backbone: statistics },
  };
}

/** The student's pass: a view, and patches of another one, are to find the key of their image. */
export function learn(
  { learner: { student }, buffers: { keys: { queue } } }: InfoMinState,
  { groups }: StudentViews,
  { targets, numbers: _, config, ...layout }: LearnOptions<InfoMinConfig>,
): Learned {
  const output = forward([groups.query!, groups.jigsaw!], student, { config, ...layout });
  const { temperature, jigsawShare: share } = config;
  const contrast = (queries: tf.Tensor2D) =>
    firstIsRight(contrastLogits(queries, targets.keys as tf.Tensor2D, { queue, temperature }));
  const instance = contrast(output.query), jigsaw = contrast(output.jigsaw);
  const total = instance.mul(1 - share).add<tf.Scalar>(jigsaw.mul(share));
  return {
    losses: { total, instance, jigsaw },
    intake: {},
    statistics: { backbone: output.statistics },
  };
}
