import * as tf from "@tensorflow/tfjs";
import { accuracy } from "./accuracy.ts";
import { nearest, vote } from "./knn.ts";
import type { LabeledFeatures } from "./score.ts";

/** The top-1 accuracy of k-NN, in percent, for one choice of its two numbers. */
export type SweepScore = { k: number; temperature: number; top1: number };

/** Which choices are tried; a k above the number of training images is left out. */
export type SweepOptions = { ks?: readonly number[]; temperatures?: readonly number[] };

/**
 * The accuracy of k-NN for several k and temperatures; the neighbors are searched once.
 *
 * @param train Features of the images to learn from, at one level.
 * @param test Features of the images to be tested on, at the same level.
 */
export function knnSweep(
  train: LabeledFeatures,
  test: LabeledFeatures,
  { ks = [1, 5, 10, 20, 50, 100], temperatures = [0.02, 0.07, 0.2] }: SweepOptions = {},
): SweepScore[] {
  const [images] = train.x.shape;
  const possible = ks.filter((k) => k <= images);
  const scores: SweepScore[] = [];
  tf.tidy(() => {
    const { similarity, index } = nearest(train.x, test.x, { k: Math.max(...possible) });
    for (const k of possible) {
      const neighbors = {
        similarity: similarity.slice<tf.Tensor2D>([0, 0], [-1, k]),
        index: index.slice<tf.Tensor2D>([0, 0], [-1, k]),
      };
      for (const temperature of temperatures) {
        const votes = vote(neighbors, train, temperature);
        scores.push({ k, temperature, top1: accuracy(votes, test.labels, { floor: 0 }).top1 });
      }
    }
  });
  return scores;
}
