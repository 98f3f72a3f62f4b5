import * as tf from "@tensorflow/tfjs";
import type { Random } from "../random/mod.ts";
import { type Shapes, unflatten } from "../tree/mod.ts";
import { uniformByInputs } from "./init.ts";
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

/** Draws a weight `[outputs, inputs]` or a bias `[outputs]` of a linear layer. */
export type DrawLinear = (random: Random, shape: number[], inputs: number) => tf.Tensor;

/**
 * The tensors of a perceptron by their position in a sequence: a linear layer, its normalization if
 * it has one, and an activation, which has none, behind all but the last.
 */
export function mlpShapes(inputs: number, layers: readonly MlpLayer[]): Shapes {
  const shapes: Shapes = {};
  let position = 0, before = inputs;
  for (const { width, bias, norm } of layers) {
    shapes[`${position}.weight`] = [width, before];
    if (bias) shapes[`${position}.bias`] = [width];
    position++;
    if (norm) {
      if (norm !== "plain") shapes[`${position}.weight`] = [width];
      if (norm === "affine") shapes[`${position}.bias`] = [width];
      shapes[`${position}.running_mean`] = [width];
      shapes[`${position}.running_var`] = [width];
      shapes[`${position}.num_batches_tracked`] = [];
      position++;
    }
    position++;
    before = width;
  }
  return shapes;
}

/**
 * A new perceptron.
 *
 * @param draw How linear layers are drawn; by default as PyTorch does, weights and biases uniform
 * within ±1 / √inputs.
 */
export function initMlp(
  random: Random,
  { inputs, layers, draw = uniformByInputs }: {
    inputs: number;
    layers: readonly MlpLayer[];
    draw?: DrawLinear;
  },
): Sequential {
  const shapes = mlpShapes(inputs, layers);
  const entries = Object.entries(shapes).map(([name, shape]) => {
    const [position, kind] = name.split(".");
    if (kind === "num_batches_tracked") return [name, tf.scalar(0, "int32")];
    if (kind === "running_var") return [name, tf.ones(shape)];
    const [, fanIn] = shapes[`${position}.weight`] ?? [];
    if (fanIn !== undefined) return [name, draw(random, shape, fanIn)];
    return [name, kind === "weight" ? tf.ones(shape) : tf.zeros(shape)];
  });
  return unflatten<Sequential>(Object.fromEntries(entries));
}
