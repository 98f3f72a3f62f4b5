import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals } from "@std/assert";
import { dimensions, featureSpread } from "./signs.ts";

const value = (scalar: tf.Scalar) => scalar.dataSync()[0]!;

Deno.test("dimensions() is 1 on a line, on both of its sides, whatever the spread", () => {
  const line = tf.tensor2d([[1, 2, 2], [-2, -4, -4], [3, 6, 6], [-1, -2, -2]]);
  assertAlmostEquals(value(dimensions(line)), 1, 1e-5);
  assertAlmostEquals(value(featureSpread(line)), 5 / 9 * Math.sqrt(3), 1e-5);
});

Deno.test("dimensions() is the number of orthogonal directions, of many rows or few", () => {
  const few = tf.eye(3, 5) as tf.Tensor2D;
  assertAlmostEquals(value(dimensions(few)), 3, 1e-5);
  assertAlmostEquals(value(dimensions(tf.concat([few, few]))), 3, 1e-5);
});
