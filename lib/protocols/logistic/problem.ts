import * as tf from "@tensorflow/tfjs";
import { type LogisticData, logisticObjective } from "./logistic.ts";
import type { LabeledFeatures } from "../score.ts";

/** Numbers of a block of scores that are in memory at a time. */
const BLOCK = 2 ** 22;

/** Some images: features `[rows, width]`, and labels int32 `[rows]`. */
type Block = { x: tf.Tensor2D; labels: tf.Tensor1D };

/** What a pass over the images gives. */
export type Pass = {
  /** The mean cross-entropy and the penalty. */
  loss: number;
  /** `[width, classes]`, row after row. */
  gradient: Float64Array;
  /** The share that each image gives to each class, a block at a time: for {@linkcode Problem}. */
  shares: tf.Tensor2D[];
};

/** Products of images, width and classes up to which the gradient is computed in float64. */
const EXACT = 2e9;

/**
 * A multinomial logistic regression as a search for its weights sees it; weights are float64
 * `[width, classes]`. Images are passed over in blocks.
 *
 * Loss and gradient are computed in float64; of many images each weight is the sum of two float32,
 * products are computed in float32 and summed over blocks in float64. Then the rounding of an
 * image's scores is all that remains, which differs from image to image and mostly cancels.
 */
export class Problem implements Disposable {
  readonly images: number;
  readonly width: number;
  readonly classes: number;
  readonly #blocks: Block[];
  /** The images in float64, where they are few. */
  readonly #exact: LogisticData | null;

  /** The features are copied; the caller keeps its own. */
  constructor({ x, labels, classes }: LabeledFeatures, { exact }: { exact?: boolean } = {}) {
    [this.images, this.width] = x.shape;
    this.classes = classes;
    this.#blocks = rangesOf(this.images, classes).map(([first, rows]) => ({
      x: x.slice([first, 0], [rows, -1]),
      labels: labels.slice(first, rows),
    }));
    this.#exact = exact ?? this.images * this.width * classes <= EXACT
      ? {
        ...{ x: Float64Array.from(x.dataSync()), width: this.width, classes },
        labels: labels.dataSync(),
      }
      : null;
  }

  /** The second moments of the features, `[width, width]`, row after row. */
  moments(): Float64Array {
    return this.#sum(this.width, ({ x }) => tf.matMul(x, x, true));
  }

  /** The loss at some weights, its gradient, and the shares, which are the caller's. */
  pass(weights: Float64Array, lambda: number): Pass {
    return this.#exact
      ? exactPass(this.#exact, weights, lambda)
      : this.#passInBlocks(weights, lambda);
  }

  #passInBlocks(weights: Float64Array, lambda: number): Pass {
    const { images } = this;
    const shape: [number, number] = [this.width, this.classes];
    const high = Float32Array.from(weights);
    const low = Float32Array.from(weights, (value, i) => value - high[i]!);
    const [w, rest] = [tf.tensor2d(high, shape), tf.tensor2d(low, shape)];
    let loss = 0;
    const shares: tf.Tensor2D[] = [];
    const gradient = this.#sum(this.classes, ({ x, labels }) => {
      const scores = tf.matMul(x, w).add<tf.Tensor2D>(tf.matMul(x, rest));
      const logShares = tf.logSoftmax(scores);
      const truth = tf.oneHot(labels, this.classes).toFloat();
      loss -= logShares.mul(truth).sum().dataSync()[0]!;
      const p = tf.keep(logShares.exp<tf.Tensor2D>());
      shares.push(p);
      return tf.matMul(x, p.sub<tf.Tensor2D>(truth), true);
    });
    tf.dispose([w, rest]);
    const square = weights.reduce((sum, value) => sum + value * value, 0);
    return {
      loss: loss / images + 0.5 * lambda * square,
      gradient: gradient.map((value, i) => value / images + lambda * weights[i]!),
      shares,
    };
  }

  /** The second derivative along a direction `[width, classes]`, in float32. */
  curvature(shares: readonly tf.Tensor2D[], v: tf.Tensor2D, lambda: number): tf.Tensor2D {
    return tf.tidy(() => {
      let sum = v.mul<tf.Tensor2D>(lambda);
      for (const [i, { x }] of this.#blocks.entries()) {
        const part = tf.tidy(() => {
          const p = shares[i]!;
          const change = tf.matMul(x, v).mul<tf.Tensor2D>(p);
          const error = change.sub<tf.Tensor2D>(p.mul(change.sum(1, true)));
          return sum.add<tf.Tensor2D>(tf.matMul(x, error, true).div(this.images));
        });
        sum.dispose();
        sum = part;
      }
      return sum;
    });
  }

  /** The sum over all blocks of a matrix `[width, columns]` each, in float64. */
  #sum(columns: number, f: (block: Block) => tf.Tensor2D): Float64Array {
    const sum = new Float64Array(this.width * columns);
    for (const block of this.#blocks) {
      const part = tf.tidy(() => f(block));
      const values = part.dataSync();
      for (let i = 0; i < sum.length; i++) sum[i]! += values[i]!;
      part.dispose();
    }
    return sum;
  }

  /** Frees the copy of the features. */
  [Symbol.dispose](): void {
    tf.dispose(this.#blocks);
  }
}

function exactPass(data: LogisticData, weights: Float64Array, lambda: number): Pass {
  const { width, classes } = data;
  const rows = transposed(weights, [width, classes]);
  const { loss, gradient, shares } = logisticObjective(data, rows, lambda);
  return {
    loss,
    gradient: transposed(gradient, [classes, width]),
    shares: rangesOf(data.labels.length, classes).map(([first, rows]) => {
      const block = shares.subarray(first * classes, (first + rows) * classes);
      return tf.tensor2d(Float32Array.from(block), [rows, classes]);
    }),
  };
}

/** A matrix of rows and columns, row after row, with its columns as rows. */
export function transposed(
  matrix: Float64Array,
  [rows, columns]: [rows: number, columns: number],
): Float64Array {
  return Float64Array.from(matrix, (_, i) => matrix[i % rows * columns + Math.floor(i / rows)]!);
}

/** The first row and the number of rows of each block. */
function rangesOf(images: number, classes: number): [first: number, rows: number][] {
  const rows = Math.max(1, Math.floor(BLOCK / classes));
  return Array.from({ length: Math.ceil(images / rows) }, (_, i) => {
    return [i * rows, Math.min(rows, images - i * rows)];
  });
}
