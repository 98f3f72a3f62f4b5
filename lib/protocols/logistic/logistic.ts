import { conjugateGradients, dot } from "./conjugate_gradients.ts";

/** Rows of features with their labels, in float64. */
export type LogisticData = {
  /** Row after row. */
  x: Float64Array;
  labels: ArrayLike<number>;
  width: number;
  classes: number;
};

/** Options of {@linkcode logistic}. */
export type LogisticOptions = {
  /** Weight of half the squared length of the weights. */
  lambda: number;
  /** Length of the gradient at which the solution is good enough. */
  tolerance?: number;
};

/**
 * Multinomial logistic regression without intercept: the weights `[classes, width]`, row after row,
 * at which the mean cross-entropy and the penalty are least. There is one solution, which Newton's
 * method finds in a few steps; each is solved by conjugate gradients, so that no matrix of second
 * derivatives is made.
 *
 * Source: Nocedal and Wright, Numerical Optimization (2006), algorithm 7.1. The original solves the
 * same problem by cyanure.
 *
 * @throws {RangeError} If it is not found in 100 steps.
 */
export function logistic(
  data: LogisticData,
  { lambda, tolerance = 1e-10 }: LogisticOptions,
): Float64Array {
  let weights = new Float64Array(data.classes * data.width);
  for (let step = 0; step < 100; step++) {
    const { loss, gradient, shares } = logisticObjective(data, weights, lambda);
    if (norm(gradient) < tolerance) return weights;
    const direction = conjugateGradients((v) => curvature(data, shares, { v, lambda }), gradient);
    const slope = dot(direction, gradient);
    let next = weights;
    const rounding = 1e-14 * Math.abs(loss); // near the solution, the loss no longer tells
    for (let size = 1; size > 1e-10; size /= 2) {
      next = weights.map((w, i) => w - size * direction[i]!);
      if (logisticObjective(data, next, lambda).loss <= loss - 1e-4 * size * slope + rounding) {
        break;
      }
    }
    weights = next;
  }
  throw new RangeError(
    `Cannot fit ${data.classes} classes at lambda ${lambda}: no end in 100 steps`,
  );
}

/** The scores `[images, classes]` of rows of features, row after row. */
export function logisticScores(
  { x, width, classes }: Pick<LogisticData, "x" | "width" | "classes">,
  weights: Float64Array,
): Float64Array {
  const scores = new Float64Array(x.length / width * classes);
  for (let row = 0, i = 0; row < x.length; row += width) {
    for (let column = 0; column < weights.length; column += width) {
      let sum = 0;
      for (let j = 0; j < width; j++) sum += x[row + j]! * weights[column + j]!;
      scores[i++] = sum;
    }
  }
  return scores;
}

/** The penalized loss, its gradient, and the share that each image gives to each class. */
export function logisticObjective(
  data: LogisticData,
  weights: Float64Array,
  lambda: number,
): { loss: number; gradient: Float64Array; shares: Float64Array } {
  const { labels, classes } = data;
  const images = labels.length;
  const shares = logisticScores(data, weights);
  let loss = 0.5 * lambda * dot(weights, weights);
  const error = new Float64Array(shares.length);
  for (let i = 0; i < images; i++) {
    const row = shares.subarray(i * classes, (i + 1) * classes);
    const score = row[labels[i]!]!;
    const top = Math.max(...row);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += row[c] = Math.exp(row[c]! - top);
    loss += (Math.log(sum) + top - score) / images;
    for (let c = 0; c < classes; c++) {
      const share = row[c] = row[c]! / sum;
      error[i * classes + c] = (share - (c === labels[i] ? 1 : 0)) / images;
    }
  }
  return { loss, shares, gradient: backward(data, error, { weights, lambda }) };
}

/** The second derivative along a direction. */
function curvature(
  data: LogisticData,
  shares: Float64Array,
  { v, lambda }: { v: Float64Array; lambda: number },
): Float64Array {
  const { classes, labels } = data;
  const change = logisticScores(data, v);
  for (let at = 0; at < change.length; at += classes) {
    let mean = 0;
    for (let c = 0; c < classes; c++) mean += shares[at + c]! * change[at + c]!;
    for (let c = 0; c < classes; c++) {
      change[at + c] = shares[at + c]! * (change[at + c]! - mean) / labels.length;
    }
  }
  return backward(data, change, { weights: v, lambda });
}

/** What an error of the scores `[images, classes]` and the penalty mean for the weights. */
function backward(
  { x, width }: LogisticData,
  error: Float64Array,
  { weights, lambda }: { weights: Float64Array; lambda: number },
): Float64Array {
  const sum = weights.map((w) => lambda * w);
  for (let row = 0, i = 0; row < x.length; row += width) {
    for (let column = 0; column < sum.length; column += width) {
      const factor = error[i++]!;
      for (let j = 0; j < width; j++) sum[column + j]! += factor * x[row + j]!;
    }
  }
  return sum;
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}
