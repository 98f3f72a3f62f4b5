import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { adaptivePool, resizeMap } from "./mod.ts";

const row = (...values: number[]) => tf.tensor4d(values, [1, 1, values.length, 1]);

Deno.test("resizeMap() interpolates between the centers of places", async () => {
  await tf.setBackend("cpu");
  assertEquals(Array.from(resizeMap(row(0, 4), [1, 4]).dataSync()), [0, 1, 3, 4]);
  assertEquals(Array.from(resizeMap(row(0, 1, 2, 3, 4, 5), [1, 2]).dataSync()), [1, 4]);
});

Deno.test("the gradient of resizeMap() is that of its definition", async () => {
  await tf.setBackend("cpu");
  const sum = (to: [number, number], weights: number[]) => (x: tf.Tensor) =>
    resizeMap(x as tf.Tensor4D, to).mul(row(...weights)).sum();
  for (const [values, weights] of [[[0, 4], [1, 2, 3, 5]], [[3, 1, 4, 1, 5, 9], [1, 10]]]) {
    const f = sum([1, weights!.length], weights!);
    const x = row(...values!);
    const gradient = tf.grad(f)(x).dataSync();
    for (let i = 0; i < values!.length; i++) {
      const unit = row(...values!.map((_, j) => Number(i === j)));
      assertAlmostEquals(gradient[i]!, f(unit).dataSync()[0]!, 1e-5);
    }
  }
});

Deno.test("adaptivePool() takes means of regions that share what lies between them", async () => {
  await tf.setBackend("cpu");
  const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
  assertEquals(Array.from(adaptivePool(x, 1).dataSync()).map((y) => +y.toFixed(5)), [5]);
  assertEquals(Array.from(adaptivePool(x, 2).dataSync()), [3, 4, 6, 7]);
  assertEquals(Array.from(adaptivePool(x.slice([0, 0, 0, 0], [1, 2, 2, 1]), 4).dataSync()), [
    ...[1, 1, 2, 2],
    ...[1, 1, 2, 2],
    ...[4, 4, 5, 5],
    ...[4, 4, 5, 5],
  ]);
});
