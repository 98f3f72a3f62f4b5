import type * as tf from "@tensorflow/tfjs";
import type { DeepclusterV2Config } from "../../configs/mod.ts";
import { uniformByInputs } from "../../nn/mod.ts";
import type { Random } from "../../random/mod.ts";
import type { Shapes } from "../../tree/mod.ts";
import { type EmbeddingNetwork, embeddingShapes, initEmbedding } from "../unit_embeddings.ts";

/** Sets of prototypes by name, `prototypes0` and so on: rows of unit length `[clusters, out]`. */
export type PrototypeSets = Readonly<Record<string, { weight: tf.Tensor2D }>>;

/** A backbone, its projection and the prototypes, under the names of the published checkpoints. */
export type DeepclusterV2Network = EmbeddingNetwork & { prototypes: PrototypeSets };

/** The name of a set of prototypes in the network. */
export function prototypesName(set: number): string {
  return `prototypes.prototypes${set}.weight`;
}

/** The tensors of the network. */
export function networkShapes(config: DeepclusterV2Config): Shapes {
  const { clusters, headOut } = config;
  const sets = clusters.map((count, set) => [prototypesName(set), [count, headOut]]);
  return { ...embeddingShapes(config), ...Object.fromEntries(sets) };
}

/** A new network; its prototypes give way to the centroids of clusters before the first step. */
export function initNetwork(config: DeepclusterV2Config, random: Random): DeepclusterV2Network {
  const { clusters, headOut } = config;
  const draw = random.fork("prototypes");
  const sets = clusters.map((count, set) => {
    const weight = uniformByInputs<tf.Rank.R2>(draw, [count, headOut], headOut);
    return [`prototypes${set}`, { weight }] as const;
  });
  return { ...initEmbedding(config, random), prototypes: Object.fromEntries(sets) };
}
