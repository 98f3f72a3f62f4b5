import { accuracyLines, type AccuracyLinesOptions } from "./accuracy_lines.ts";
import { checkGiven } from "./check_given.ts";
import type { Figure } from "./specification.ts";

/**
 * The accuracy of linear classifiers after each epoch, with a line for each learning rate.
 *
 * @param epochs The score of every classifier, epoch by epoch.
 * @param learningRates Those of the classifiers, in their order.
 * @throws {RangeError} If there is no epoch.
 */
export function linearCurves(
  epochs: readonly (readonly { top1: number }[])[],
  learningRates: readonly number[],
  { title = "Linear classifiers by learning rate", ...options }: AccuracyLinesOptions = {},
): Figure {
  checkGiven(epochs, "linear classifiers", "epochs");
  const points = epochs.flatMap((scores, i) =>
    learningRates.map((rate, j) => ({ method: `${rate}`, x: i + 1, top1: scores[j]!.top1 }))
  );
  return accuracyLines(points, { title, ...options });
}
