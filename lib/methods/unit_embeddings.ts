import type * as tf from "@tensorflow/tfjs";
import type { Config } from "../configs/mod.ts";
import { type Backbone, backboneShapes, featureWidth, initBackbone } from "../models/mod.ts";
import { initMlp, type MlpLayer, mlpShapes, type Sequential } from "../nn/mod.ts";
import { trainProjectUnit } from "../objectives/mod.ts";
import type { Random } from "../random/mod.ts";
import { below, type Shapes, type Tree } from "../tree/mod.ts";
import { type BackbonePassOptions, groupFeatures, type ImageGroup } from "./backbone.ts";

/** What the networks of SwAV and DeepCluster-v2 depend on, apart from their prototypes. */
type EmbeddingConfig = Config & { headHidden: number; headOut: number };

/** A backbone and a projection onto the unit sphere, by the names of the published checkpoints. */
export type EmbeddingNetwork = { backbone: Backbone; projection_head: Sequential };

/** The tensors of the network. */
export function embeddingShapes(config: EmbeddingConfig): Shapes {
  const { inputs, layers } = projectionOf(config);
  return {
    ...below("backbone", backboneShapes(config)),
    ...below("projection_head", mlpShapes(inputs, layers)),
  };
}

/** A new network; the blocks of a residual one do not begin as the identity. */
export function initEmbedding(config: EmbeddingConfig, random: Random): EmbeddingNetwork {
  return {
    backbone: initBackbone(config, random.fork("backbone")),
    projection_head: initMlp(random.fork("projection_head"), projectionOf(config)),
  };
}

/**
 * The layers of the projection.
 *
 * Source: SwAV, src/resnet50.py.
 */
function projectionOf(config: EmbeddingConfig): { inputs: number; layers: MlpLayer[] } {
  const { headHidden, headOut } = config;
  return {
    inputs: featureWidth(config),
    layers: [
      { width: headHidden, bias: true, norm: "affine" },
      { width: headOut, bias: true },
    ],
  };
}

/** What the network makes of images. */
export type Embeddings = {
  /** Features of the backbone, `[images, width]`. */
  features: tf.Tensor2D;
  /** At unit length, `[images, out]`. */
  embeddings: tf.Tensor2D;
  /** The next running statistics, by the names of the network's tensors. */
  statistics: { backbone: Tree; projection_head: Tree };
};

/**
 * The network's pass over groups of images, each of one size: the backbone runs once a group, the
 * projection once on all.
 */
export function embed(
  groups: readonly ImageGroup[],
  { backbone, ...head }: EmbeddingNetwork,
  options: BackbonePassOptions,
): Embeddings {
  const [features, statistics] = groupFeatures(groups, backbone, options);
  const [embeddings, heads] = trainProjectUnit(features, head, {
    processes: options.processes,
  });
  return { features, embeddings, statistics: { backbone: statistics, ...heads } };
}
