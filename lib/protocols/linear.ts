import * as tf from "@tensorflow/tfjs";
import { compile } from "../compile/mod.ts";
import { Random } from "../random/mod.ts";
import { accuracy } from "./accuracy.ts";
import type { Score } from "./score.ts";

/** One level of a split: features `[images, width]` and int32 labels `[images]`. */
export type Labelled = { x: tf.Tensor2D; labels: tf.Tensor1D; classes: number };

/** How a linear probe is trained. */
export type LinearOptions = {
  /** Candidates, for features of unit variance in batches of `batchSize`. */
  learningRates?: number[];
  epochs?: number;
  batchSize?: number;
  /** Share of the training split on which the learning rate is chosen. */
  heldOut?: number;
  seed?: number;
};

/** A trained linear classifier on standardised features. */
export type Linear = {
  /** `[width, classes]` and `[classes]`. */
  weight: tf.Tensor2D;
  bias: tf.Tensor1D;
  /** Subtracted from a feature, and multiplied with the difference, `[width]`. */
  mean: tf.Tensor1D;
  scale: tf.Tensor1D;
};

/** A probe's score and how it came about. */
export type LinearScore = Score & {
  /** The chosen candidate. */
  learningRate: number;
  /** Top-1 of every candidate on the held-out part, percent. */
  candidates: { learningRate: number; top1: number }[];
};

/** Learning rates that are tried unless others are given. */
export const learningRates: readonly number[] = [
  1e-3,
  3e-3,
  0.01,
  0.02,
  0.05,
  0.1,
  0.2,
  0.5,
  1,
  2,
];

/**
 * Linear probe on frozen features: multinomial logistic regression by SGD with momentum 0.9 and a cosine to
 * zero, without weight decay (as the reference's `eval_linear.py`, which however augments the images and
 * runs the network in every epoch). The learning rate is the one that is best on a held-out part of `train`;
 * the probe is then trained on all of `train` and scored once on `test`. Equal seeds give equal scores.
 *
 * @throws {RangeError} If the training split has fewer than two images.
 */
export async function linear(
  train: Labelled,
  test: Labelled,
  { heldOut = 0.2, ...options }: LinearOptions = {},
): Promise<LinearScore> {
  const { learningRates: rates = learningRates, seed = 0 } = options;
  const order = new Random(`linear/${seed}`).permutation(train.x.shape[0]);
  const held = Math.max(1, Math.round(heldOut * order.length));
  if (order.length < 2) throw new RangeError("Cannot hold images out of fewer than two");
  const [choose, fit] = [
    select(train, order.subarray(0, held)),
    select(train, order.subarray(held)),
  ];
  const tried = await probe(fit, { ...options, learningRates: [...rates] });
  const candidates = rates.map((learningRate, i) => {
    return { learningRate, top1: score(tried[i], choose).top1 };
  });
  const best = candidates.reduce((a, b) => b.top1 > a.top1 ? b : a);
  const [chosen] = await probe(train, { ...options, learningRates: [best.learningRate] });
  const result = { ...score(chosen, test), learningRate: best.learningRate, candidates };
  tf.dispose([...tried, chosen, choose.x, choose.labels, fit.x, fit.labels]);
  return result;
}

/**
 * Trains one probe for each learning rate, all in the same passes over the features: the candidates'
 * classifiers stand side by side as columns of one matrix, so that a step is two matrix products.
 */
export async function probe(
  { x, labels, classes }: Labelled,
  { learningRates: rates = [...learningRates], epochs = 100, batchSize = 256, seed = 0 }:
    LinearOptions = {},
): Promise<Linear[]> {
  const [images, width] = x.shape;
  const [K, C] = [rates.length, classes];
  const { mean, scale } = tf.tidy(() => {
    const { mean, variance } = tf.moments(x, 0);
    return { mean: mean as tf.Tensor1D, scale: variance.add(1e-6).rsqrt() as tf.Tensor1D };
  });
  const rows = Math.min(batchSize, images);
  using step = compile((p: Columns, now: Now): Columns => {
    const batch = tf.gather(now.x, now.index).sub(now.mean).mul(now.scale); // [rows, width]
    const logits = tf.matMul(batch, p.weight).add(p.bias).reshape([rows, K, C]);
    const truth = tf.oneHot(tf.gather(now.labels, now.index), C).toFloat().expandDims(1);
    const error = tf.softmax(logits).sub(truth).div(rows).reshape<tf.Tensor2D>([rows, K * C]);
    const pushW = p.pushWeight.mul(0.9).add(tf.matMul(batch, error, true));
    const pushB = p.pushBias.mul(0.9).add(error.sum(0));
    return {
      weight: p.weight.sub(pushW.mul(now.rate)),
      bias: p.bias.sub(pushB.mul(now.rate)),
      pushWeight: pushW,
      pushBias: pushB,
    } as Columns;
  });

  let state = start(width, K * C);
  const random = new Random(`probe/${seed}`);
  const perEpoch = Math.max(1, Math.floor(images / rows));
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = random.permutation(images);
    for (let i = 0; i < perEpoch; i++) {
      const progress = (epoch * perEpoch + i) / (epochs * perEpoch);
      const decay = 0.5 * (1 + Math.cos(Math.PI * progress));
      const rate = tf.tensor1d(rates.flatMap((r) => Array(C).fill(r * decay)));
      const index = tf.tensor1d(Int32Array.from(order.subarray(i * rows, (i + 1) * rows)), "int32");
      const next = tf.tidy(() => step(state, { x, labels, mean, scale, rate, index }));
      tf.dispose([state, rate, index]);
      state = next;
    }
    await tf.nextFrame();
  }
  const probes = rates.map((_, k) => ({
    weight: state.weight.slice([0, k * C], [width, C]),
    bias: state.bias.slice([k * C], [C]),
    mean: mean.clone(),
    scale: scale.clone(),
  }));
  tf.dispose([state, mean, scale]);
  return probes;
}

/** The classifiers of all candidates as columns, and what SGD's momentum has gathered for them. */
type Columns = {
  weight: tf.Tensor2D; // [width, candidates x classes]
  bias: tf.Tensor1D;
  pushWeight: tf.Tensor2D;
  pushBias: tf.Tensor1D;
};

/** What a step is given beside the classifiers: the whole split, the batch's rows and a rate a column. */
type Now = {
  x: tf.Tensor2D;
  labels: tf.Tensor1D;
  mean: tf.Tensor1D;
  scale: tf.Tensor1D;
  rate: tf.Tensor1D;
  index: tf.Tensor1D;
};

/** All zero: the loss is convex, so a random start would bring nothing. */
function start(width: number, columns: number): Columns {
  return {
    weight: tf.zeros([width, columns]),
    bias: tf.zeros([columns]),
    pushWeight: tf.zeros([width, columns]),
    pushBias: tf.zeros([columns]),
  };
}

/** A classifier's accuracy. */
function score({ weight, bias, mean, scale }: Linear, { x, labels }: Labelled): Score {
  return tf.tidy(() => {
    const logits = tf.matMul(x.sub(mean).mul(scale), weight).add(bias);
    return accuracy(logits as tf.Tensor2D, labels);
  });
}

/** Some rows of a split. */
function select({ x, labels, classes }: Labelled, rows: Uint32Array): Labelled {
  const index = tf.tensor1d(Int32Array.from(rows), "int32");
  const part = { x: tf.gather(x, index), labels: tf.gather(labels, index), classes };
  index.dispose();
  return part;
}
