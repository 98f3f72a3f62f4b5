import type * as tf from "@tensorflow/tfjs";
import type { DinoHeadConfig } from "../../configs/mod.ts";
import type {
  BatchNormOptions,
  Linear,
  Sequential,
  SequentialBuffers,
  WeightNorm,
} from "../../nn/mod.ts";
import {
  groupHead,
  initProjector,
  initPrototypes,
  projectorShapes,
  prototypeShapes,
  trainGroupHead,
} from "../../objectives/mod.ts";
import type { Random } from "../../random/mod.ts";
import { below, type Shapes } from "../../tree/mod.ts";

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
  options: BatchNormOptions = {},
): [tf.Tensor2D, DinoHeadBuffers] {
  const head = { projector: layersOf(mlp), last_layer };
  const [logits, { projector }] = trainGroupHead(x, head, options);
  return [logits, { mlp: projector }];
}

/** The tensors of a head for features of `width`. */
export function dinoHeadShapes(
  config: Omit<DinoHeadConfig, "normLastLayer">,
  { width }: { width: number },
): Shapes {
  const { bottleneck, prototypes, batchNormInHead: batchNorm } = config;
  const layers = projectorShapes(sizesOf(config, width), { batchNorm, bias: true });
  const mlp = config.headLayers > 1 ? layers : withoutPosition(layers);
  return {
    ...below("mlp", mlp),
    ...below("last_layer", prototypeShapes([bottleneck, prototypes])),
  };
}

/** A new head for features of `width`: truncated normal 0.02, prototypes of unit length. */
export function initDinoHead(
  random: Random,
  config: Omit<DinoHeadConfig, "normLastLayer">,
  { width }: { width: number },
): DinoHead {
  const { headLayers, bottleneck, prototypes, batchNormInHead: batchNorm } = config;
  const layers = initProjector(random, sizesOf(config, width), { batchNorm, bias: true });
  return {
    mlp: headLayers === 1 ? layers[0] as Linear : layers,
    last_layer: initPrototypes(random, [bottleneck, prototypes]),
  };
}

/** The widths of a perceptron, from its inputs on. */
function sizesOf(
  { headLayers, headHidden, bottleneck }: Omit<DinoHeadConfig, "normLastLayer">,
  width: number,
): number[] {
  return [width, ...Array<number>(headLayers - 1).fill(headHidden), bottleneck];
}

/** `0.weight` as `weight`. */
function withoutPosition(shapes: Shapes): Shapes {
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name.slice(2), shape]));
}

function layersOf(mlp: Sequential | Linear): Sequential {
  return isLinear(mlp) ? { 0: mlp } : mlp;
}

function isLinear(mlp: Sequential | Linear): mlp is Linear {
  return "weight" in mlp;
}
