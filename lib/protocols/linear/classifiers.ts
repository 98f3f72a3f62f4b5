import * as tf from "@tensorflow/tfjs";
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
 * The recipes that the original tries at once for ViT-L: 36 learning rates, for the whole grid with
 * 5 weight decays and by SGD and LARS each.
 *
 * Source: Mugs' `eval_linear_multi_classifier.py`. As released, it always tries the rates alone.
 */
export function linearGrid({ ratesOnly = true } = {}): LinearRecipe[] {
  const rates = [-4, -3, -2, -1].flatMap((power) =>
    Array.from({ length: 9 }, (_, i) => (i + 1) * 10 ** power)
  );
  const decays = ratesOnly ? [0] : [0, 1e-6, 1e-5, 1e-4, 1e-3];
  const optimizers = ratesOnly ? ["sgd" as const] : ["sgd" as const, "lars" as const];
  return rates.flatMap((rate) =>
    decays.flatMap((weightDecay) =>
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
