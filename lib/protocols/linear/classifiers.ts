import * as tf from "@tensorflow/tfjs";
import type { LinearConfig } from "../../configs/mod.ts";
import type { Random } from "../../random/mod.ts";

/** How one linear classifier is trained. */
export type LinearRecipe = {
  /** Learning rate for a batch of 256 images. */
  rate: number;
  weightDecay: number;
  optimizer: "sgd" | "lars";
};

/**
 * Linear classifiers of the same features side by side, as columns of one matrix, with their
 * momentum.
 */
export type LinearColumns = {
  /** `[width, classifiers x classes]`. */
  weight: tf.Tensor2D;
  /** `[classifiers x classes]`. */
  bias: tf.Tensor1D;
  /** Momentum of the weights and of the biases. */
  pushWeight: tf.Tensor2D;
  pushBias: tf.Tensor1D;
};

/**
 * Every learning rate with every weight decay by every optimizer, in the order of the original's
 * `eval_linear_multi_classifier.py`.
 */
export function linearGrid(
  { learningRates, weightDecays, optimizers }: Pick<
    LinearConfig,
    "learningRates" | "weightDecays" | "optimizers"
  >,
): LinearRecipe[] {
  return learningRates.flatMap((rate) =>
    weightDecays.flatMap((weightDecay) =>
      optimizers.map((optimizer) => ({ rate, weightDecay, optimizer }))
    )
  );
}

/** Classifiers before the first step: weights from a normal distribution of deviation 0.01. */
export function initLinear(
  { width, classes, classifiers }: { width: number; classes: number; classifiers: number },
  random: Random,
): LinearColumns {
  const columns = classifiers * classes;
  return {
    weight: tf.tensor2d(random.normals(width * columns, 0, 0.01), [width, columns]),
    bias: tf.zeros([columns]),
    pushWeight: tf.zeros([width, columns]),
    pushBias: tf.zeros([columns]),
  };
}
