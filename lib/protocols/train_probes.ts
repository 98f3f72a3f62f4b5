import * as tf from "@tensorflow/tfjs";
import { compile } from "../compile/mod.ts";
import { Random } from "../random/mod.ts";
import type { LabeledFeatures } from "./score.ts";

/** How linear classifiers are trained on frozen features. */
export type ProbeOptions = {
  /** Passes over the features. */
  epochs?: number;
  batchSize?: number;
  seed?: number;
  /** Takes how many of the passes are done, after each of them. */
  onPass?: (pass: number, passes: number) => void;
};

/** A linear classifier of standardized features. */
export type LinearClassifier = {
  /** `[width, classes]`. */
  weight: tf.Tensor2D;
  /** `[classes]`. */
  bias: tf.Tensor1D;
  /** Subtracted from a feature, `[width]`. */
  mean: tf.Tensor1D;
  /** Multiplied with the difference, `[width]`. */
  scale: tf.Tensor1D;
};

/** The classifiers of all candidates as columns, and the momentum of SGD for them. */
type Columns = {
  weight: tf.Tensor2D; // [width, candidates x classes]
  bias: tf.Tensor1D;
  pushWeight: tf.Tensor2D;
  pushBias: tf.Tensor1D;
};

/** What a step takes beside the classifiers. */
type StepInput = Pick<LabeledFeatures, "x"> & Standard & {
  /** The labels as floats. */
  truth: tf.Tensor1D;
  /** Learning rate of each column. */
  rate: tf.Tensor1D;
  /** Rows of the batch. */
  index: tf.Tensor1D;
};

/** How features are brought to mean 0 and variance 1. */
type Standard = Pick<LinearClassifier, "mean" | "scale">;

/**
 * Trains one linear classifier for each learning rate, all in the same passes over the features:
 * the candidates stand side by side as columns of one matrix, so that a step is two matrix
 * products.
 *
 * @param learningRates For features of unit variance.
 */
export async function trainProbes(
  { x, labels, classes }: LabeledFeatures,
  learningRates: readonly number[],
  { epochs = 100, batchSize = 256, seed = 0, onPass }: ProbeOptions = {},
): Promise<LinearClassifier[]> {
  const [images, width] = x.shape;
  const rows = Math.min(batchSize, images);
  const standard = standardOf(x);
  // Whole numbers would stay in the host's memory, and cross to a GPU at every step.
  const truth = labels.toFloat();
  using step = compile(
    (p: Columns, input: StepInput) =>
      stepOf(p, input, { candidates: learningRates.length, classes }),
    { name: "probe" },
  );
  let state = initColumns(width, learningRates.length * classes);
  const random = new Random(`probe/${seed}`);
  const perEpoch = Math.max(1, Math.floor(images / rows));
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = random.permutation(images);
    for (let i = 0; i < perEpoch; i++) {
      const progress = (epoch * perEpoch + i) / (epochs * perEpoch);
      const decay = 0.5 * (1 + Math.cos(Math.PI * progress));
      const rate = tf.tensor1d(learningRates.flatMap((r) => Array(classes).fill(r * decay)));
      const index = tf.tensor1d(Int32Array.from(order.subarray(i * rows, (i + 1) * rows)), "int32");
      const next = tf.tidy(() => step(state, { x, truth, ...standard, rate, index }));
      tf.dispose([state, rate, index]);
      state = next;
    }
    onPass?.(epoch + 1, epochs);
    await tf.nextFrame();
  }
  const probes = learningRates.map((_, candidate) => ({
    weight: state.weight.slice([0, candidate * classes], [width, classes]),
    bias: state.bias.slice([candidate * classes], [classes]),
    mean: standard.mean.clone(),
    scale: standard.scale.clone(),
  }));
  tf.dispose([state, standard, truth]);
  return probes;
}

function standardOf(x: tf.Tensor2D): Standard {
  return tf.tidy(() => {
    const { mean, variance } = tf.moments(x, 0);
    return { mean: mean as tf.Tensor1D, scale: variance.add(1e-6).rsqrt() as tf.Tensor1D };
  });
}

/** All zero: the loss is convex, so a random start would bring nothing. */
function initColumns(width: number, columns: number): Columns {
  return {
    weight: tf.zeros([width, columns]),
    bias: tf.zeros([columns]),
    pushWeight: tf.zeros([width, columns]),
    pushBias: tf.zeros([columns]),
  };
}

/** A step of SGD with momentum 0.9 on the mean cross-entropy of every candidate. */
function stepOf(
  p: Columns,
  { x, truth, mean, scale, rate, index }: StepInput,
  { candidates, classes }: { candidates: number; classes: number },
): Columns {
  const [rows] = index.shape;
  const batch = tf.gather(x, index).sub(mean).mul(scale); // [rows, width]
  const logits = tf.matMul(batch, p.weight).add(p.bias).reshape([rows, candidates, classes]);
  const labels = tf.gather(truth, index).toInt();
  const expected = tf.oneHot(labels, classes).toFloat().expandDims(1);
  const error = tf.softmax(logits).sub(expected).div(rows)
    .reshape<tf.Tensor2D>([rows, candidates * classes]);
  const pushWeight = p.pushWeight.mul(0.9).add<tf.Tensor2D>(tf.matMul(batch, error, true));
  const pushBias = p.pushBias.mul(0.9).add<tf.Tensor1D>(error.sum(0));
  return {
    weight: p.weight.sub(pushWeight.mul(rate)),
    bias: p.bias.sub(pushBias.mul(rate)),
    pushWeight,
    pushBias,
  };
}
