import * as tf from "@tensorflow/tfjs";
import { ensureBackend } from "../compile/mod.ts";
import type { Processes } from "../nn/mod.ts";
import { Random } from "../random/mod.ts";
import { checkPositive, checkScorable, checkWidths } from "./check_features.ts";
import { compareRates, type RateScore, scoreProbe } from "./compare_rates.ts";
import type { LabeledFeatures, Score } from "./score.ts";
import { type ProbeOptions, trainProbes } from "./train_probes.ts";

/** How a linear probe is trained, and its learning rate chosen. */
export type LinearProbeOptions = ProbeOptions & {
  /** Candidates, for features of unit variance. */
  learningRates?: readonly number[];
  /** Share of the training split on which the learning rate is chosen. */
  heldOut?: number;
  /**
   * Passes over the features in which the candidates are compared: by default all `epochs`, and a
   * tenth of them for more than {@linkcode manyClasses}, of which each candidate takes hours.
   */
  choiceEpochs?: number;
  /** Takes how many passes are done, after each of them: those of each candidate count. */
  onPass?: (pass: number, passes: number) => void;
  /** Whether the score has the mean over the classes, too. */
  perClass?: boolean;
  /**
   * The processes that share the candidates, each of which has all features and receives the score;
   * by default this one is alone.
   */
  processes?: Processes;
};

/** A probe's score and how it came about. */
export type LinearScore = Score & {
  /** The chosen candidate. */
  learningRate: number;
  /** Top-1 of every candidate on the held-out part, percent. */
  candidates: RateScore[];
};

/** With more classes than these, the candidates are compared over a tenth of the passes. */
export const manyClasses = 2000;

/** Learning rates that are tried unless others are given. */
export const probeLearningRates: readonly number[] = [
  ...[1e-3, 3e-3, 0.01, 0.02, 0.05],
  ...[0.1, 0.2, 0.5, 1, 2],
];

/**
 * Linear probe on frozen features: multinomial logistic regression by SGD with momentum 0.9 and a
 * cosine to zero, without weight decay (as the reference's `eval_linear.py`, which however augments
 * the images and runs the network in every epoch). The learning rate is the one that is best on a
 * held-out part of `train`, after all passes or, where there are many classes, after a whole
 * cosine over fewer; the probe is then trained on all of `train` and scored once on `test`. Equal
 * seeds give equal scores.
 *
 * @throws {RangeError} If the training split has fewer than two images, or features are NaN or
 * infinite.
 */
export async function linearProbe(
  train: LabeledFeatures,
  test: LabeledFeatures,
  {
    heldOut = 0.2,
    learningRates = probeLearningRates,
    epochs = 100,
    choiceEpochs = train.classes > manyClasses ? Math.ceil(epochs / 10) : epochs,
    perClass,
    processes,
    onPass,
    ...options
  }: LinearProbeOptions = {},
): Promise<LinearScore> {
  checkScorable("the training features", train);
  checkScorable("the test features", test);
  checkWidths(train.x, test.x);
  if (!(heldOut > 0 && heldOut < 1)) {
    throw new RangeError(`\`heldOut\` takes a number between 0 and 1, not ${heldOut}`);
  }
  if (learningRates.length === 0) {
    throw new RangeError("Cannot train a probe without `learningRates`: give one at least");
  }
  for (const rate of learningRates) checkPositive("learningRates", rate);
  const { batchSize = 1 } = options;
  for (const [name, count] of Object.entries({ epochs, choiceEpochs, batchSize })) {
    checkPositive(name, count, { whole: true });
  }
  await ensureBackend();
  const order = new Random(`linear/${options.seed ?? 0}`).permutation(train.x.shape[0]);
  if (order.length < 2) throw new RangeError("Cannot hold images out of fewer than two");
  const count = Math.max(1, Math.round(heldOut * order.length));
  const parts = {
    validation: select(train, order.subarray(0, count)),
    rest: select(train, order.subarray(count)),
  };
  const choicePasses = choiceEpochs * learningRates.length;
  const tell = (passes: number) => onPass?.(passes, choicePasses + epochs);
  tell(0);
  const candidates = await compareRates(parts, learningRates, {
    ...{ ...options, epochs: choiceEpochs, processes },
    onPass: (pass) => tell(pass * learningRates.length),
  });
  const { learningRate } = candidates.reduce((a, b) => b.top1 > a.top1 ? b : a);
  const [probe] = await trainProbes(train, [learningRate], {
    ...{ ...options, epochs },
    onPass: (pass) => tell(choicePasses + pass),
  });
  const score = { ...scoreProbe(probe!, test, { perClass }), learningRate, candidates };
  tf.dispose([probe!, parts]);
  return score;
}

/** Some rows of a split. */
function select({ x, labels, classes }: LabeledFeatures, rows: Uint32Array): LabeledFeatures {
  const index = tf.tensor1d(Int32Array.from(rows), "int32");
  const part = { x: tf.gather(x, index), labels: tf.gather(labels, index), classes };
  index.dispose();
  return part;
}
