import * as tf from "@tensorflow/tfjs";
import { use } from "../compile/mod.ts";
import { knn } from "../protocols/mod.ts";
import { knnSize, type Prepared, type Setting } from "./task.ts";

/** Weighted k-NN of one split's features among those of another. */
export async function knnWork({ device, threads }: Setting): Promise<Prepared> {
  await use("tensorflow", { intraOpThreads: threads, interOpThreads: threads, device });
  const { train, queries, width, classes, k } = knnSize;
  const neighbors = {
    x: tf.randomNormal<tf.Rank.R2>([train, width]),
    labels: tf.randomUniform<tf.Rank.R1>([train], 0, classes, "int32"),
    classes,
  };
  const requests = tf.randomNormal<tf.Rank.R2>([queries, width]);
  return {
    items: queries,
    once: () =>
      tf.tidy(() => {
        knn(neighbors, requests, { k }).argMax(-1).dataSync();
      }),
  };
}
