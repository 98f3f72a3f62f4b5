import * as tf from "@tensorflow/tfjs";
import {
  initBatchNorm,
  initLinear,
  type Sequential,
  uniformByInputs,
  type WeightNorm,
} from "../nn/mod.ts";
import type { Random } from "../random/mod.ts";
import type { ContrastHead, GroupHead, HeadsConfig } from "./heads.ts";

/**
 * A new instance or local-group head for tokens of `width`: the projector truncated normal 0.02,
 * the predictor at PyTorch's default, as the reference leaves it. All are without bias.
 *
 * @param predictor Whether it has a predictor: a student has, a teacher has not.
 */
export function initContrastHead(
  random: Random,
  config: HeadsConfig,
  { width, predictor }: { width: number; predictor: boolean },
): ContrastHead {
  const { headHidden, predictorHidden, headOut, batchNormInHead: batchNorm } = config;
  const sizes = [width, headHidden, headHidden, headOut];
  const projector = initProjector(random, sizes, { batchNorm, bias: false });
  if (!predictor) return { projector };
  const weight = (inputs: number, outputs: number) => ({
    weight: uniformByInputs<tf.Rank.R2>(random, [outputs, inputs], inputs),
  });
  return {
    projector,
    predictor: { 0: weight(headOut, predictorHidden), 2: weight(predictorHidden, headOut) },
  };
}

/**
 * A new group head for tokens of `width`: the projector truncated normal 0.02, prototypes of unit
 * length.
 */
export function initGroupHead(
  random: Random,
  config: HeadsConfig,
  { width }: { width: number },
): GroupHead {
  const { headHidden, bottleneck, prototypes, batchNormInHead: batchNorm } = config;
  const sizes = [width, headHidden, headHidden, bottleneck];
  return {
    projector: initProjector(random, sizes, { batchNorm, bias: true }),
    last_layer: initPrototypes(random, [bottleneck, prototypes]),
  };
}

/** New prototypes of unit length, their directions at PyTorch's default. */
export function initPrototypes(
  random: Random,
  [width, prototypes]: [number, number],
): WeightNorm {
  return {
    weight_g: tf.ones<tf.Rank.R2>([prototypes, 1]),
    weight_v: uniformByInputs<tf.Rank.R2>(random, [prototypes, width], width),
  };
}

/**
 * Linear layers of these widths, the first of which is the input's. Between two of them there is a
 * GELU (a position without parameters), and a batch normalization before it where there is one.
 */
export function initProjector(
  random: Random,
  sizes: number[],
  { batchNorm, bias }: { batchNorm: boolean; bias: boolean },
): Sequential {
  const layers: Sequential = {};
  const step = batchNorm ? 3 : 2;
  sizes.slice(1).forEach((outputs, i) => {
    layers[i * step] = initLinear(random, [sizes[i]!, outputs], { bias });
    if (batchNorm && i < sizes.length - 2) layers[i * step + 1] = initBatchNorm(outputs);
  });
  return layers;
}
