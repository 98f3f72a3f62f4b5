import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { accuracy } from "./accuracy.ts";
import { knn } from "./knn.ts";
import { knnSweep } from "./knn_sweep.ts";

Deno.test("knnSweep() scores as knn() for each choice, without a k beyond the images", async () => {
  await tf.setBackend("cpu");
  const part = (rows: number, seed: number) => ({
    x: tf.randomNormal<tf.Rank.R2>([rows, 4], 0, 1, "float32", seed),
    labels: tf.tensor1d(Array.from({ length: rows }, (_, i) => i % 3), "int32"),
    classes: 3,
  });
  const [train, test] = [part(30, 1), part(12, 2)];
  const before = tf.memory().numTensors;
  const scores = knnSweep(train, test, { ks: [1, 7, 31], temperatures: [0.05, 0.5] });
  assertEquals(tf.memory().numTensors, before);
  assertEquals(scores.map(({ k, temperature }) => [k, temperature]), [
    [1, 0.05],
    [1, 0.5],
    [7, 0.05],
    [7, 0.5],
  ]);
  for (const { k, temperature, top1 } of scores) {
    const votes = knn(train, test.x, { k, temperature });
    assertEquals(top1, accuracy(votes, test.labels, { floor: 0 }).top1);
    votes.dispose();
  }
  tf.dispose([train.x, train.labels, test.x, test.labels]);
});
