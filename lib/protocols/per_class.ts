/** How often images of each class were taken for each class: `[true class][predicted class]`. */
export type Confusion = number[][];

/**
 * Counts which classes images were taken for.
 *
 * @param predictions The class that each image was taken for.
 * @param labels The class of each image.
 */
export function confusion(
  predictions: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): Confusion {
  const counts = Array.from({ length: classes }, () => Array<number>(classes).fill(0));
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]![predictions[i]!]!++;
  return counts;
}

/**
 * The share of its images that were recognized, for each class; `null` where there are none.
 *
 * @param predictions The class that each image was taken for; -1 for none.
 * @param labels The class of each image.
 */
export function classAccuracies(
  predictions: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): (number | null)[] {
  const [hits, images] = [new Int32Array(classes), new Int32Array(classes)];
  for (let i = 0; i < labels.length; i++) {
    images[labels[i]!]!++;
    if (predictions[i] === labels[i]) hits[labels[i]!]!++;
  }
  return Array.from(hits, (count, label) => images[label] ? count / images[label]! : null);
}

/**
 * The mean of the accuracies of the classes that have images: by it the field scores Flowers-102,
 * Pets and Aircraft, whose classes are of different sizes. The original reports top-1 for all sets.
 */
export function meanPerClass(accuracies: readonly (number | null)[]): number {
  const shares = accuracies.filter((share) => share !== null);
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
