import * as tf from "@tensorflow/tfjs";
import type { LinearColumns, LinearRecipe } from "./classifiers.ts";

/** What a step takes beside the classifiers. */
export type LinearInput = {
  /** Features of a batch, `[rows, width]`. */
  x: tf.Tensor2D;
  /** int32 `[rows]`. */
  labels: tf.Tensor1D;
  /** Learning rate of each classifier, `[classifiers]`. */
  rates: tf.Tensor1D;
};

/** What LARS scales a step by, as a share of the length of the weights. */
const ETA = 0.001;

/**
 * A step of SGD with momentum 0.9 on the mean cross-entropy, for every classifier as if it were
 * alone. LARS spares the bias; SGD decays it, too.
 *
 * Source: Mugs' `eval_linear.py` and `eval_linear_multi_classifier.py`, whose LARS is that of its
 * `src/optimizer.py`.
 *
 * @returns The next classifiers, and the loss of each, `[classifiers]`.
 */
export function stepLinear(
  p: LinearColumns,
  { x, labels, rates }: LinearInput,
  recipes: readonly LinearRecipe[],
): [LinearColumns, tf.Tensor1D] {
  const [rows, width] = x.shape;
  const count = recipes.length;
  const classes = p.bias.shape[0] / count;
  const logits = tf.matMul(x, p.weight).add(p.bias).reshape([rows, count, classes]);
  const truth = tf.oneHot(labels, classes).toFloat().expandDims(1); // [rows, 1, classes]
  const logShares = tf.logSoftmax(logits);
  const error = logShares.exp().sub(truth).div(rows).reshape<tf.Tensor2D>([rows, count * classes]);

  const each = (values: number[]) =>
    tf.tensor1d(values.flatMap((value) => Array(classes).fill(value)));
  const decays = each(recipes.map(({ weightDecay }) => weightDecay));
  const biasDecays = each(
    recipes.map(({ weightDecay, optimizer }) => optimizer === "sgd" ? weightDecay : 0),
  );
  const pull = tf.matMul(x, error, true).add<tf.Tensor2D>(p.weight.mul(decays));
  const scaled = recipes.some(({ optimizer }) => optimizer === "lars")
    ? pull.mul<tf.Tensor2D>(trustRatios({ weight: p.weight, pull }, recipes, [width, classes]))
    : pull;

  const rate = rates.expandDims<tf.Tensor2D>(1).tile([1, classes]).reshape([count * classes]);
  const pushWeight = p.pushWeight.mul(0.9).add<tf.Tensor2D>(scaled);
  const pushBias = p.pushBias.mul(0.9).add<tf.Tensor1D>(error.sum(0).add(p.bias.mul(biasDecays)));
  const next = {
    weight: p.weight.sub<tf.Tensor2D>(pushWeight.mul(rate)),
    bias: p.bias.sub<tf.Tensor1D>(pushBias.mul(rate)),
    pushWeight,
    pushBias,
  };
  return [next, logShares.mul(truth).sum(-1).mean<tf.Tensor1D>(0).neg()];
}

/**
 * What the columns of each classifier are scaled with, `[classifiers x classes]`: 1 under SGD, or
 * where weights or gradient are zero.
 */
function trustRatios(
  { weight, pull }: { weight: tf.Tensor2D; pull: tf.Tensor2D },
  recipes: readonly LinearRecipe[],
  [width, classes]: [width: number, classes: number],
): tf.Tensor1D {
  const shape: [number, number, number] = [width, recipes.length, classes];
  const [length, slope] = [weight, pull].map((x) =>
    x.reshape(shape).square().sum(0).sum(-1).sqrt()
  ) as [tf.Tensor1D, tf.Tensor1D];
  const one = tf.onesLike(length);
  const adapts = tf.tensor1d(recipes.map(({ optimizer }) => optimizer === "lars"), "bool");
  const defined = adapts.logicalAnd(length.mul(slope).greater(0));
  const ratio = length.mul(ETA).div(tf.where(defined, slope, one));
  return tf.where(defined, ratio, one).expandDims(1).tile([1, classes]).reshape([-1]);
}
