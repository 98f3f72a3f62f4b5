import * as tf from "@tensorflow/tfjs";
import { inverse } from "./inverse.ts";
import type { Pass, Problem } from "./problem.ts";

/** How far the search for the weights has come. */
export type NewtonStep = {
  step: number;
  loss: number;
  /** The largest entry of the gradient. */
  gradient: number;
};

/** Options of {@linkcode newton}. */
export type NewtonOptions = {
  lambda: number;
  /** Largest entry of the gradient at which the solution is good enough. */
  tolerance?: number;
  /** Weights to begin with, `[width, classes]`; by default zeros. */
  start?: Float64Array;
  /** The second moments of the features, where they are known. */
  moments?: Float64Array;
  onProgress?: (step: NewtonStep) => void;
};

/**
 * The weights `[width, classes]` of a multinomial logistic regression without intercept on many
 * images, by Newton's method. Each direction is found by conjugate gradients in float32, as far as
 * it helps; the gradient is that of float64 weights, so that this does not limit the solution. They
 * are conditioned by the curvature that all classes would have if they were alike.
 *
 * Source: Nocedal and Wright, Numerical Optimization (2006), algorithm 7.1.
 *
 * @throws {RangeError} If it is not found in 100 steps.
 */
export function newton(
  problem: Problem,
  { lambda, tolerance = 1e-10, start, moments = problem.moments(), onProgress }: NewtonOptions,
): Float64Array {
  let weights: Float64Array = start ?? new Float64Array(problem.width * problem.classes);
  let pass = problem.pass(weights, lambda);
  for (let step = 0; step < 100; step++) {
    const gradient = largest(pass.gradient);
    onProgress?.({ step, loss: pass.loss, gradient });
    if (gradient < tolerance) {
      tf.dispose(pass.shares);
      return weights;
    }
    const direction = directionOf(problem, pass, { lambda, moments });
    [weights, pass] = search(problem, { weights, pass, direction, lambda });
  }
  tf.dispose(pass.shares);
  throw new RangeError(
    `Cannot fit ${problem.classes} classes at lambda ${lambda}: no end in 100 steps`,
  );
}

/** The first of ever shorter steps that lowers the loss, or the gradient. */
function search(
  problem: Problem,
  { weights, pass, direction, lambda }: {
    weights: Float64Array;
    pass: Pass;
    direction: Float32Array;
    lambda: number;
  },
): [Float64Array, Pass] {
  const slope = pass.gradient.reduce((sum, value, i) => sum + value * direction[i]!, 0);
  for (let size = 1;; size /= 2) {
    const next = weights.map((value, i) => value - size * direction[i]!);
    const nextPass = problem.pass(next, lambda);
    const falls = nextPass.loss <= pass.loss - 1e-4 * size * slope ||
      largest(nextPass.gradient) < largest(pass.gradient); // near the end the loss no longer tells
    if (falls || size < 1e-6) {
      tf.dispose(pass.shares);
      return [next, nextPass];
    }
    tf.dispose(nextPass.shares);
  }
}

/** The share of the gradient's length that conjugate gradients may leave. */
const ENOUGH = 0.03;

/** The direction `[width, classes]` in which the gradient would vanish if the loss were a square. */
function directionOf(
  problem: Problem,
  { gradient, shares }: Pass,
  { lambda, moments }: { lambda: number; moments: Float64Array },
): Float32Array {
  const { width, classes } = problem;
  const scale = powerOfTwo(largest(gradient));
  const b = tf.tensor2d(Float32Array.from(gradient, (x) => x / scale), [width, classes]);
  const conditioner = conditionerOf(problem, shares, { lambda, moments });
  let x: tf.Tensor2D = tf.zerosLike(b), rest = b;
  let direction: tf.Tensor2D = tf.matMul(conditioner, b);
  let length = dot(rest, direction);
  const enough = ENOUGH ** 2 * length;
  for (let i = 0; i < 200 && length > enough; i++) {
    const image = problem.curvature(shares, direction, lambda);
    const size = length / dot(direction, image);
    const next = tf.tidy(() => {
      const remainder = rest.sub<tf.Tensor2D>(image.mul(size));
      const pulled: tf.Tensor2D = tf.matMul(conditioner, remainder);
      return { x: x.add<tf.Tensor2D>(direction.mul(size)), rest: remainder, pulled };
    });
    const nextLength = dot(next.rest, next.pulled);
    const turned = tf.tidy(() => next.pulled.add<tf.Tensor2D>(direction.mul(nextLength / length)));
    tf.dispose([x, rest, direction, image, next.pulled]);
    [x, rest, direction, length] = [next.x, next.rest, turned, nextLength];
  }
  const values = x.dataSync() as Float32Array;
  tf.dispose([x, rest, direction, conditioner]);
  return values.map((value) => value * scale);
}

/**
 * The inverse of the curvature that each class would have if its weight were the mean one of all
 * classes at every image, `[width, width]`.
 */
function conditionerOf(
  { width, classes, images }: Problem,
  shares: readonly tf.Tensor2D[],
  { lambda, moments }: { lambda: number; moments: Float64Array },
): tf.Tensor2D {
  const total = shares.reduce((sum, p) => {
    return sum + tf.tidy(() => p.sub(p.square()).sum().dataSync()[0]!);
  }, 0);
  const weight = total / (images * classes) / images;
  const curvature = moments.map((value, i) => {
    return weight * value + (i % (width + 1) === 0 ? lambda : 0);
  });
  return tf.tensor2d(Float32Array.from(inverse(curvature, width)), [width, width]);
}

function dot(a: tf.Tensor2D, b: tf.Tensor2D): number {
  return tf.tidy(() => a.mul(b).sum().dataSync()[0]!);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** A power of two that is no smaller: numbers far below 1 would lose digits. */
function powerOfTwo(value: number): number {
  return 2 ** Math.ceil(Math.log2(value));
}
