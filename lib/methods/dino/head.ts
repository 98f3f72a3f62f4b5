import type * as tf from "@tensorflow/tfjs";
import type { DinoHeadConfig } from "../../configs/mod.ts";
import type { Linear, Sequential, SequentialBuffers, WeightNorm } from "../../nn/mod.ts";
import { groupHead, initProjector, initPrototypes, trainGroupHead } from "../../objectives/mod.ts";
import type { Random } from "../../random/mod.ts";

/**
 * Parameters of DINO's head, under the names of the published checkpoints: a perceptron (one linear
 * layer stands there without a position), then prototypes.
 */
export type DinoHead = { mlp: Sequential | Linear; last_layer: WeightNorm };

/** The next running statistics of a head by the names of its parameters. */
export type DinoHeadBuffers = { mlp: SequentialBuffers };

/** The logits of features `[rows, width]` over the prototypes, `[rows, prototypes]`. */
export function dinoHead(x: tf.Tensor2D, { mlp, last_layer }: DinoHead): tf.Tensor2D {
  return groupHead(x, { projector: layersOf(mlp), last_layer });
}

/**
 * As {@linkcode dinoHead}, batch normalizations using these rows; gives the next running
 * statistics.
 */
export function trainDinoHead(
  x: tf.Tensor2D,
  { mlp, last_layer }: DinoHead,
): [tf.Tensor2D, DinoHeadBuffers] {
  const [logits, { projector }] = trainGroupHead(x, { projector: layersOf(mlp), last_layer });
  return [logits, { mlp: projector }];
}

/** A new head for features of `width`: truncated normal 0.02, prototypes of unit length. */
export function initDinoHead(
  random: Random,
  config: Omit<DinoHeadConfig, "normLastLayer">,
  { width }: { width: number },
): DinoHead {
  const { headLayers, headHidden, bottleneck, prototypes, batchNormInHead } = config;
  const hidden = Array<number>(headLayers - 1).fill(headHidden);
  const layers = initProjector(random, [width, ...hidden, bottleneck], {
    batchNorm: batchNormInHead,
    bias: true,
  });
  return {
    mlp: headLayers === 1 ? layers[0] as Linear : layers,
    last_layer: initPrototypes(random, [bottleneck, prototypes]),
  };
}

function layersOf(mlp: Sequential | Linear): Sequential {
  return isLinear(mlp) ? { 0: mlp } : mlp;
}

function isLinear(mlp: Sequential | Linear): mlp is Linear {
  return "weight" in mlp;
}
