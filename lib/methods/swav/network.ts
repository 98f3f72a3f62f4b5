import type * as tf from "@tensorflow/tfjs";
import type { SwavConfig } from "../../configs/mod.ts";
import { type Backbone, backboneShapes, featureWidth, initBackbone } from "../../models/mod.ts";
import {
  initMlp,
  type MlpLayer,
  mlpShapes,
  type Sequential,
  uniformByInputs,
} from "../../nn/mod.ts";
import type { Random } from "../../random/mod.ts";
import { below, type Shapes } from "../../tree/mod.ts";

/** A backbone, its projection and the prototypes, under the names of the published checkpoints. */
export type SwavNetwork = {
  backbone: Backbone;
  projection_head: Sequential;
  prototypes: { weight: tf.Tensor2D };
};

/** The tensors of the network. */
export function networkShapes(config: SwavConfig): Shapes {
  const { inputs, layers } = projectionOf(config);
  return {
    ...below("backbone", backboneShapes(config)),
    ...below("projection_head", mlpShapes(inputs, layers)),
    "prototypes.weight": [config.prototypes, config.headOut],
  };
}

/** A new network; the blocks of a residual one do not begin as the identity. */
export function initNetwork(config: SwavConfig, random: Random): SwavNetwork {
  const { prototypes, headOut } = config;
  const weight = uniformByInputs(random.fork("prototypes"), [prototypes, headOut], headOut);
  return {
    backbone: initBackbone(config, random.fork("backbone")),
    projection_head: initMlp(random.fork("projection_head"), projectionOf(config)),
    prototypes: { weight: weight as tf.Tensor2D },
  };
}

/**
 * The layers of the projection.
 *
 * Source: SwAV, src/resnet50.py.
 */
function projectionOf(config: SwavConfig): { inputs: number; layers: MlpLayer[] } {
  const { headHidden, headOut } = config;
  return {
    inputs: featureWidth(config),
    layers: [
      { width: headHidden, bias: true, norm: "affine" },
      { width: headOut, bias: true },
    ],
  };
}
