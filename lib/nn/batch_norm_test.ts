import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { batchNorm, trainBatchNorm } from "./batch_norm.ts";
import { initBatchNorm } from "./init.ts";

Deno.test("trainBatchNorm() normalizes by the rows and moves a tenth toward them", () => {
  const [y, next] = trainBatchNorm(tf.tensor2d([[0], [2]]), initBatchNorm(1));
  assertAlmostEquals(y.dataSync()[1]!, 1, 1e-4);
  assertAlmostEquals(next.running_mean.dataSync()[0]!, 0.1, 1e-6);
  assertAlmostEquals(next.running_var.dataSync()[0]!, 0.9 + 0.1 * 2, 1e-6); // unbiased: 2
  assertEquals(next.num_batches_tracked.dataSync()[0], 1);
});

Deno.test("batchNorm() uses the running statistics alone", () => {
  const p = { ...initBatchNorm(1), running_mean: tf.tensor1d([3]) };
  const y = batchNorm(tf.tensor2d([[3], [4]]), p).dataSync();
  assertAlmostEquals(y[0]!, 0, 1e-6);
  assertAlmostEquals(y[1]!, 1, 1e-4);
});

Deno.test("trainBatchNorm() without weight and bias normalizes alone", () => {
  const { weight: _, bias: __, ...buffers } = initBatchNorm(1);
  const [y] = trainBatchNorm(tf.tensor2d([[0], [2]]), buffers);
  assertAlmostEquals(y.dataSync()[0]!, -1, 1e-4);
});

Deno.test("running statistics without bias are weighted means of the batches alone", () => {
  let p = { ...initBatchNorm(1), running_mean: tf.tensor1d([100]) };
  const batches = [[1, 3], [4, 6], [0, 8]];
  for (const batch of batches) {
    const [, next] = trainBatchNorm(tf.tensor2d(batch, [2, 1]), p, {
      debiased: true,
      variance: "biased",
    });
    p = { ...p, ...next };
  }
  const average = (values: number[]) =>
    values.reduce((hidden, x) => 0.9 * hidden + 0.1 * x, 0) / (1 - 0.9 ** values.length);
  assertAlmostEquals(p.running_mean.dataSync()[0]!, average([2, 5, 4]), 1e-5);
  assertAlmostEquals(p.running_var.dataSync()[0]!, average([1, 1, 16]), 1e-5);
});

Deno.test("trainBatchNorm() does not look at samples that fill a batch up", () => {
  const p = initBatchNorm(2);
  const rows = tf.randomNormal<tf.Rank.R4>([3, 2, 2, 2], 1, 2, "float32", 7);
  const [y, next] = trainBatchNorm(rows, p);
  const filled = tf.concat([rows, tf.fill([2, 2, 2, 2], 100)]) as tf.Tensor4D;
  const present = tf.tensor1d([1, 1, 1, 0, 0]);
  const [same, nextOfFilled] = trainBatchNorm(filled, p, { present });
  const distance = (a: tf.Tensor, b: tf.Tensor) => a.sub(b).abs().max().dataSync()[0]!;
  assertAlmostEquals(distance(same.slice([0], [3]), y), 0, 1e-5);
  assertAlmostEquals(distance(nextOfFilled.running_mean, next.running_mean), 0, 1e-6);
  assertAlmostEquals(distance(nextOfFilled.running_var, next.running_var), 0, 1e-5);
});
