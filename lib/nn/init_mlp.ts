import type * as tf from "@tensorflow/tfjs";
import type { Random } from "../random/mod.ts";
import type { BatchNorm } from "./batch_norm.ts";
import { initBatchNorm, uniformByInputs } from "./init.ts";
import type { Linear } from "./linear.ts";
import type { Sequential } from "./sequential.ts";

/** A linear layer of a perceptron, and what stands between it and the next one. */
export type MlpLayer = {
  /** Its outputs. */
  width: number;
  /** Whether it adds a bias; by default it does not. */
  bias?: boolean;
  /**
   * Whether its outputs are normalized by batch: `affine` with scale and shift, `scale` with scale
   * alone, `plain` with neither; by default they are not.
   */
  norm?: "affine" | "scale" | "plain";
};

/** Draws the parameters of a linear layer. */
export type InitLayer = (random: Random, sizes: [number, number], bias: boolean) => Linear;

/**
 * New layers by their position in a sequence: a linear layer, its normalization if it has one, and
 * an activation, which has no parameters, behind all but the last.
 *
 * @param init How linear layers are drawn; by default as PyTorch does.
 */
export function initMlp(
  random: Random,
  { inputs, layers, init = initByInputs }: {
    inputs: number;
    layers: readonly MlpLayer[];
    init?: InitLayer;
  },
): Sequential {
  const sequence: Sequential = {};
  let position = 0, before = inputs;
  for (const { width, bias = false, norm } of layers) {
    sequence[position++] = init(random, [before, width], bias);
    if (norm) sequence[position++] = batchNormOf(width, norm);
    position++;
    before = width;
  }
  return sequence;
}

/** PyTorch's default: weights and biases uniform within ±1 / √inputs. */
export function initByInputs(
  random: Random,
  [inputs, outputs]: [number, number],
  bias: boolean,
): Linear {
  const weight = uniformByInputs<tf.Rank.R2>(random, [outputs, inputs], inputs);
  return bias
    ? { weight, bias: uniformByInputs<tf.Rank.R1>(random, [outputs], inputs) }
    : { weight };
}

function batchNormOf(width: number, norm: NonNullable<MlpLayer["norm"]>): BatchNorm {
  const { weight, bias, ...statistics } = initBatchNorm(width);
  if (norm === "plain") return statistics;
  return norm === "scale" ? { weight, ...statistics } : { weight, bias, ...statistics };
}
