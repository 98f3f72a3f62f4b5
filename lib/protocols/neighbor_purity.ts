import * as tf from "@tensorflow/tfjs";
import { checkLabeled, checkPositive } from "./check_features.ts";
import { nearest } from "./knn.ts";

/**
 * How pure the neighborhoods of features are: the percentage of an image's k nearest other images
 * that are of its class, in the mean over images. No image is its own neighbor.
 *
 * @param x `[images, width]`.
 * @param labels `[images]`.
 * @throws {RangeError} If there are not more than k images.
 */
export function neighborPurity(x: tf.Tensor2D, labels: tf.Tensor1D, { k = 10 } = {}): number {
  checkLabeled("the features", { x, labels, classes: 1 });
  checkPositive("k", k, { whole: true });
  const [images] = x.shape;
  if (images <= k) {
    throw new RangeError(`Cannot find ${k} neighbors of an image among ${images} images`);
  }
  const neighbors = nearest(x, x, { k: k + 1 });
  const [index, truth] = [neighbors.index.dataSync(), labels.dataSync()];
  tf.dispose(neighbors);
  let pure = 0;
  for (let i = 0; i < images; i++) {
    const row = [...index.subarray(i * (k + 1), (i + 1) * (k + 1))];
    // Where others are exactly alike the image itself need not come first, nor at all.
    const others = row.filter((j) => j !== i).slice(0, k);
    pure += others.filter((j) => truth[j] === truth[i]).length;
  }
  return 100 * pure / (images * k);
}
