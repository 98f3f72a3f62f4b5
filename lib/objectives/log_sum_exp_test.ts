import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals } from "@std/assert";
import { logSumExp } from "./log_sum_exp.ts";

Deno.test("logSumExp() of equal values is their value plus the logarithm of their count", () => {
  const x = tf.tensor2d([[3, 3, 3, 3], [1000, 1000, 1000, 1000]]);
  const [a, b] = logSumExp(x).dataSync();
  assertAlmostEquals(a!, 3 + Math.log(4), 1e-6);
  assertAlmostEquals(b!, 1000 + Math.log(4), 1e-3);
});

Deno.test("logSumExp() has the softmax as its gradient", () => {
  const x = tf.tensor2d([[0.1, -2, 3], [1, 1, 0.5]]);
  const gradient = tf.grad(logSumExp)(x, tf.tensor1d([1, 2])).dataSync();
  const softmax = tf.softmax(x).mul([[1], [2]]).dataSync();
  gradient.forEach((g, i) => assertAlmostEquals(g, softmax[i]!, 1e-6));
});
