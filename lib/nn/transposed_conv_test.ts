import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { transposedConv } from "./mod.ts";

Deno.test("transposedConv() lays the kernel, scaled, where each pixel stood", async () => {
  await tf.setBackend("cpu");
  const x = tf.tensor4d([1, 10, 100, 1000], [1, 2, 2, 1]);
  const weight = tf.tensor4d([1, 2, 3, 4], [1, 1, 2, 2]);
  const y = transposedConv(x, { weight, bias: tf.tensor1d([0.5]) });
  assertEquals(y.shape, [1, 4, 4, 1]);
  assertEquals(y.squeeze([0, 3]).arraySync(), [
    [1.5, 2.5, 10.5, 20.5],
    [3.5, 4.5, 30.5, 40.5],
    [100.5, 200.5, 1000.5, 2000.5],
    [300.5, 400.5, 3000.5, 4000.5],
  ]);
});

Deno.test("transposedConv() sums over inputs, and its channels are those of the kernel", async () => {
  await tf.setBackend("cpu");
  const x = tf.tensor4d([1, 10], [1, 1, 1, 2]);
  const weight = tf.tensor4d([1, 2, 3, 4, 5, 6], [2, 3, 1, 1]);
  assertEquals(Array.from(transposedConv(x, { weight }).dataSync()), [41, 52, 63]);
});
