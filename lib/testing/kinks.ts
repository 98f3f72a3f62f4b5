import * as tf from "@tensorflow/tfjs";
import type { Batch } from "../datasets/mod.ts";

/**
 * Factors that differ from 1 by a few roundings. After a batch normalization, images that are
 * multiplied by one give the same numbers but for rounding.
 */
const factors = [0, -1, 1, -2, 2, -3, 3, -4].map((count) => 1 + count * 2 ** -22);

/**
 * Compares what a network gives with recorded numbers, which are those of one side of its kinks:
 * where the input of a ReLU is 0 but for rounding, its gradient jumps by the side on which that
 * falls. A comparison that fails is repeated on images that differ by rounding, as a whole and with
 * the same tolerances.
 *
 * @throws {Error} The first failure, where the comparison fails on all of them.
 */
export function onSomeSide(compare: (changed: (batch: Batch) => Batch) => void): void {
  withSomeFactor((factor) => compare((batch) => factor === 1 ? batch : multiplied(batch, factor)));
}

/**
 * The same for networks whose images are no such batches: compares what a network gives of images
 * that are multiplied by a factor of almost 1.
 *
 * @throws {Error} The first failure, where the comparison fails with all factors.
 */
export function withSomeFactor(compare: (factor: number) => void): void {
  const failures: unknown[] = [];
  for (const factor of factors) {
    try {
      return compare(factor);
    } catch (error) {
      failures.push(error);
    }
  }
  throw failures[0];
}

function multiplied(batch: Batch, factor: number): Batch {
  const entries = Object.entries(batch).map(([name, views]) => [
    name,
    { ...views, images: tf.tidy(() => views.images.mul<tf.Tensor4D>(factor)) },
  ]);
  return Object.fromEntries(entries);
}
