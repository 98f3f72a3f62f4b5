import * as tf from "@tensorflow/tfjs";
import { accuracy, type AccuracyOptions } from "./accuracy.ts";
import { checkPositive, checkScorable } from "./check_features.ts";
import { nearest, type NearestOptions, vote } from "./knn.ts";
import type { LabeledFeatures, Score } from "./score.ts";

/** The accuracy of k-NN for one choice of its two numbers. */
export type SweepScore = Score & { k: number; temperature: number };

/** Which choices are tried; a k above the number of training images is left out. */
export type SweepOptions = Pick<AccuracyOptions, "perClass"> & Pick<NearestOptions, "processes"> & {
  ks?: readonly number[];
  temperatures?: readonly number[];
};

/**
 * The accuracy of k-NN for several k and temperatures; the neighbors are searched once.
 *
 * @param train Features of the images to learn from, at one level.
 * @param test Features of the images to be tested on, at the same level.
 * @throws {RangeError} If every k is above the number of training images, or features are NaN or
 * infinite.
 */
export function knnSweep(
  train: LabeledFeatures,
  test: LabeledFeatures,
  {
    ks = [1, 5, 10, 20, 50, 100],
    temperatures = [0.02, 0.07, 0.2],
    perClass,
    processes,
  }: SweepOptions = {},
): SweepScore[] {
  checkScorable("the training features", train);
  checkScorable("the test features", test);
  for (const [name, values] of Object.entries({ ks, temperatures })) {
    if (values.length === 0) throw new RangeError(`\`${name}\` is empty: give one at least`);
    for (const value of values) checkPositive(name, value, { whole: name === "ks" });
  }
  const [images] = train.x.shape;
  const possible = ks.filter((k) => k <= images);
  if (possible.length === 0) {
    throw new RangeError(
      `Cannot ask ${Math.min(...ks)} neighbors among ${images} images: give a smaller \`k\``,
    );
  }
  const scores: SweepScore[] = [];
  tf.tidy(() => {
    const { similarity, index } = nearest(train.x, test.x, { k: Math.max(...possible), processes });
    for (const k of possible) {
      const neighbors = {
        similarity: similarity.slice<tf.Tensor2D>([0, 0], [-1, k]),
        index: index.slice<tf.Tensor2D>([0, 0], [-1, k]),
      };
      for (const temperature of temperatures) {
        const votes = vote(neighbors, train, temperature);
        const score = accuracy(votes, test.labels, { floor: 0, perClass });
        scores.push({ k, temperature, ...score });
      }
    }
  });
  return scores;
}
