import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { batchNorm, trainBatchNorm } from "./batch_norm.ts";
import { initBatchNorm } from "./init.ts";

Deno.test("trainBatchNorm() normalizes by the rows and moves a tenth toward them", () => {
  const [y, next] = trainBatchNorm(tf.tensor2d([[0], [2]]), initBatchNorm(1));
  assertAlmostEquals(y.dataSync()[1], 1, 1e-4);
  assertAlmostEquals(next.running_mean.dataSync()[0], 0.1, 1e-6);
  assertAlmostEquals(next.running_var.dataSync()[0], 0.9 + 0.1 * 2, 1e-6); // unbiased: 2
  assertEquals(next.num_batches_tracked.dataSync()[0], 1);
});

Deno.test("batchNorm() uses the running statistics alone", () => {
  const p = { ...initBatchNorm(1), running_mean: tf.tensor1d([3]) };
  const y = batchNorm(tf.tensor2d([[3], [4]]), p).dataSync();
  assertAlmostEquals(y[0], 0, 1e-6);
  assertAlmostEquals(y[1], 1, 1e-4);
});
