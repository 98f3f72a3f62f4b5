import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { knn, nearest } from "./knn.ts";

const unit = (x: tf.Tensor2D) => x.div<tf.Tensor2D>(x.norm(2, 1, true));
const labels = (...values: number[]) => tf.tensor1d(values, "int32");

Deno.test("knn() lets one close neighbor outvote two distant ones", () => {
  const x = tf.tensor2d([[1, 0], [0, 1], [0, 1]]);
  const train = { x, labels: labels(0, 1, 1), classes: 2 };
  const scores = knn(train, tf.tensor2d([[1, 0]]), { k: 3 });
  assertEquals(scores.argMax(-1).arraySync(), [0]);
});

Deno.test("knn() compares directions: the length of a feature does not count", () => {
  const x = tf.tensor2d([[1, 0], [0, 1]]);
  const train = { x, labels: labels(0, 1), classes: 2 };
  const short = knn(train, tf.tensor2d([[0.6, 0.8]])).arraySync();
  const long = knn({ ...train, x: x.mul(1000) as tf.Tensor2D }, tf.tensor2d([[60, 80]]))
    .arraySync();
  assertEquals(short.flat().map(Math.round), long.flat().map(Math.round));
});

Deno.test("knn() with more neighbors than images asks all images", () => {
  const train = { x: tf.tensor2d([[1, 0], [0, 1]]), labels: labels(0, 1), classes: 3 };
  assertEquals(knn(train, tf.tensor2d([[1, 0]]), { temperature: 1 }).arraySync()[0]![2], 0);
});

Deno.test("nearest() in blocks over queries and images finds what one block finds", () => {
  const x = tf.randomNormal<tf.Rank.R2>([97, 5], 0, 1, "float32", 1);
  const queries = tf.randomNormal<tf.Rank.R2>([23, 5], 0, 1, "float32", 2);
  const whole = nearest(x, queries, { k: 7 });
  const blocks = nearest(x, queries, { k: 7, chunks: { queries: 4, train: 5 } });
  assertEquals(blocks.index.arraySync(), whole.index.arraySync());
});

Deno.test("nearest() finds in groups what sorting all similarities finds", () => {
  const x = tf.randomNormal<tf.Rank.R2>([1024, 4], 0, 1, "float32", 1);
  const queries = tf.randomNormal<tf.Rank.R2>([9, 4], 0, 1, "float32", 2);
  const cosine = tf.matMul(unit(queries), unit(x), false, true).arraySync() as number[][];
  const sorted = cosine.map((row) => [...row.keys()].sort((a, b) => row[b]! - row[a]!).slice(0, 3));
  assertEquals(nearest(x, queries, { k: 3 }).index.arraySync(), sorted);
});

Deno.test("nearest() leaves nothing behind in memory but its result", () => {
  const x = tf.randomNormal<tf.Rank.R2>([40, 3]);
  const before = tf.memory().numTensors;
  nearest(x, x, { k: 3, chunks: { queries: 7, train: 9 } });
  assertEquals(tf.memory().numTensors, before + 2);
});
