import * as tf from "@tensorflow/tfjs";
import { accuracy } from "./accuracy.ts";
import { nearest, vote } from "./knn.ts";
import type { Labelled } from "./linear.ts";

/** The top-1 accuracy of k-NN, in percent, for one choice of its two numbers. */
export type KnnScore = { k: number; temperature: number; top1: number };

/**
 * The accuracy of k-NN for several k and temperatures; the neighbors are searched once.
 *
 * @param train Features of the images to learn from, at one level.
 * @param test Of those to be tested on, at the same level.
 */
export function knnSweep(
  train: Labelled,
  test: Labelled,
  { ks = [1, 5, 10, 20, 50, 100], temperatures = [0.02, 0.07, 0.2] }: {
    ks?: readonly number[];
    temperatures?: readonly number[];
  } = {},
): KnnScore[] {
  const [images] = train.x.shape;
  const possible = ks.filter((k) => k <= images);
  return tf.tidy(() => {
    const found = nearest(train.x, test.x, { k: Math.max(...possible) });
    return possible.flatMap((k) => {
      const among = {
        similarity: found.similarity.slice<tf.Tensor2D>([0, 0], [-1, k]),
        index: found.index.slice<tf.Tensor2D>([0, 0], [-1, k]),
      };
      return temperatures.map((temperature) => {
        const { top1 } = accuracy(vote(among, train, temperature), test.labels, { floor: 0 });
        return { k, temperature, top1 };
      });
    });
  }) as unknown as KnnScore[];
}

/** Features at one level of their labels. */
export function at(
  { x, labels, classes }: {
    x: Labelled["x"];
    labels: Record<string, tf.Tensor1D>;
    classes: Record<string, number>;
  },
  level: string,
): Labelled {
  return { x, labels: labels[level], classes: classes[level] };
}
