import type * as tf from "@tensorflow/tfjs";
import type { SwavConfig } from "../../configs/mod.ts";
import { uniformByInputs } from "../../nn/mod.ts";
import type { Random } from "../../random/mod.ts";
import type { Shapes } from "../../tree/mod.ts";
import { type EmbeddingNetwork, embeddingShapes, initEmbedding } from "../unit_embeddings.ts";

/** A backbone, its projection and the prototypes, under the names of the published checkpoints. */
export type SwavNetwork = EmbeddingNetwork & { prototypes: { weight: tf.Tensor2D } };

/** The tensors of the network. */
export function networkShapes(config: SwavConfig): Shapes {
  return {
    ...embeddingShapes(config),
    "prototypes.weight": [config.prototypes, config.headOut],
  };
}

/** A new network. */
export function initNetwork(config: SwavConfig, random: Random): SwavNetwork {
  const { prototypes, headOut } = config;
  const weight = uniformByInputs(random.fork("prototypes"), [prototypes, headOut], headOut);
  return {
    ...initEmbedding(config, random),
    prototypes: { weight: weight as tf.Tensor2D },
  };
}
