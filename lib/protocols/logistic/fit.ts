import * as tf from "@tensorflow/tfjs";
import { normalize } from "../../nn/mod.ts";
import { accuracy, type AccuracyOptions } from "../accuracy.ts";
import type { LabeledFeatures, Score } from "../score.ts";
import { newton, type NewtonStep } from "./newton.ts";
import { Problem } from "./problem.ts";

/** What a logistic regression came to for one weight of the penalty. */
export type LogisticFit = Score & {
  /** The weight of the penalty, times the number of images to learn from. */
  lambda: number;
  /** Top-1 on the images that were learned from, percent. */
  trainTop1: number;
  /** The penalized loss. */
  objective: number;
  /** The largest entry of its gradient: how near the weights are to the only solution. */
  gradient: number;
};

/** How logistic regressions are fitted. */
export type FitOptions = Pick<AccuracyOptions, "perClass"> & {
  /** Weights of the penalty, times the number of images. */
  lambdas: readonly number[];
  /** Takes how far a search has come. */
  onProgress?: (line: string) => void;
};

/**
 * Multinomial logistic regression on L2-normalized features for several weights of the penalty, the
 * greatest first: each begins where the one before ended. Weights are found to a gradient below
 * 1e-10, where the original's solver stops much earlier.
 *
 * Source: Mugs' `eval_logistic_regression.py`.
 *
 * @throws {RangeError} If a search has no end.
 */
export async function* fitLogistic(
  train: LabeledFeatures,
  test: LabeledFeatures,
  { lambdas, perClass, onProgress }: FitOptions,
): AsyncGenerator<LogisticFit, void, void> {
  const [images, width] = train.x.shape;
  const { classes } = train;
  const [learned, scored] = [normalize(train.x), normalize(test.x)] as [tf.Tensor2D, tf.Tensor2D];
  using problem = new Problem({ ...train, x: learned });
  const moments = problem.moments();
  let start: Float64Array | undefined;
  for (const lambda of [...lambdas].sort((a, b) => b - a)) {
    let last = { loss: NaN, gradient: NaN };
    const weights = newton(problem, {
      ...{ lambda: lambda / images, start, moments },
      onProgress: (step) => {
        last = step;
        onProgress?.(lineOf(lambda, step));
      },
    });
    start = weights;
    const w = tf.tensor2d(Float32Array.from(weights), [width, classes]);
    const score = (x: tf.Tensor2D, labels: tf.Tensor1D) =>
      tf.tidy(() => accuracy(tf.matMul(x, w), labels, { perClass }));
    yield {
      lambda,
      ...score(scored, test.labels),
      trainTop1: score(learned, train.labels).top1,
      objective: last.loss,
      gradient: last.gradient,
    };
    w.dispose();
    await tf.nextFrame();
  }
  tf.dispose([learned, scored]);
}

function lineOf(lambda: number, { step, loss, gradient }: NewtonStep): string {
  return `lambda ${lambda}: step ${step}, loss ${loss.toFixed(6)}, ` +
    `gradient ${gradient.toExponential(1)}`;
}
