import * as tf from "@tensorflow/tfjs";
import { type Dataset, labelShare } from "../../datasets/mod.ts";
import type { FeaturePair } from "../extract.ts";
import { atLevel, type LabeledFeatures } from "../score.ts";
import { fitLogistic } from "./fit.ts";

/** Options of {@linkcode scoreLabelShares}. */
export type LabelShareScores = {
  /** Shares of the images whose labels are known. */
  shares: readonly number[];
  /** Weights of the penalty that are tried, times the number of images. */
  lambdas: readonly number[];
  level: string;
  /** Seed of the images that are drawn. */
  seed: number;
};

/**
 * What logistic regression reaches with shares of the labels, drawn alike of every class: for each
 * share the top-1 under the best penalty on the test part, as the original reports it; percent.
 *
 * @param features Those of the data.
 */
export async function scoreLabelShares(
  data: Dataset,
  features: FeaturePair,
  { shares, lambdas, level, seed }: LabelShareScores,
): Promise<number[]> {
  const [train, test] = [atLevel(features.train, level), atLevel(features.test, level)];
  const place = new Map(data.train.map(({ id }, i) => [id, i]));
  const scores: number[] = [];
  for (const share of shares) {
    const { train: drawn } = await labelShare(data, share, { seed, level });
    const part = rowsOf(train, drawn.map(({ id }) => place.get(id)!));
    const fits = await Array.fromAsync(fitLogistic(part, test, { lambdas }));
    scores.push(Math.max(...fits.map(({ top1 }) => top1)));
    tf.dispose([part.x, part.labels]);
  }
  return scores;
}

/** Some rows of features. */
function rowsOf({ x, labels, classes }: LabeledFeatures, rows: number[]): LabeledFeatures {
  return tf.tidy(() => {
    const index = tf.tensor1d(rows, "int32");
    return { x: tf.gather(x, index), labels: tf.gather(labels, index), classes };
  });
}
