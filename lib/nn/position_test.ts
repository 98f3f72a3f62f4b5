import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { resizePositions } from "./position.ts";

Deno.test("resizePositions() leaves the grid it was made for as it is", () => {
  const positions = tf.ones<tf.Rank.R3>([1, 10, 2]);
  assertStrictEquals(resizePositions(positions, [3, 3]), positions);
});

Deno.test("resizePositions() keeps constants and the class token, for any grid", () => {
  const positions = tf.concat([tf.fill([1, 1, 2], 7), tf.fill([1, 9, 2], 3)], 1) as tf.Tensor3D;
  for (const grid of [[2, 5], [1, 9], [6, 6]] as const) {
    const resized = resizePositions(positions, grid);
    assertEquals(resized.shape, [1, 1 + grid[0] * grid[1], 2]);
    const [cls, ...rest] = resized.slice([0, 0, 0], [1, -1, 1]).dataSync();
    assertEquals(cls, 7);
    for (const value of rest) assertAlmostEquals(value, 3, 1e-5);
  }
});

Deno.test("resizePositions() passes gradients: each patch's influence sums to its share", () => {
  const f = (p: tf.Tensor) => resizePositions(p as tf.Tensor3D, [5, 4]).sum<tf.Scalar>();
  const grad = tf.grad(f)(tf.ones([1, 10, 1]));
  assertAlmostEquals(grad.slice([0, 1, 0]).sum().dataSync()[0]!, 20, 1e-4);
});

Deno.test("resizePositions() says when the positions are no square", () => {
  assertThrows(
    () => resizePositions(tf.ones([1, 7, 2]), [2, 2]),
    RangeError,
    "Cannot resize 6 positions: they do not form a square grid",
  );
});

Deno.test("resizePositions() takes positions of any grid that it is told of", () => {
  const positions = tf.randomNormal<tf.Rank.R3>([1, 13, 2]);
  assertStrictEquals(resizePositions(positions, [2, 6], { from: [2, 6] }), positions);
  const wide = resizePositions(tf.ones([1, 13, 2]), [4, 3], { from: [6, 2] });
  for (const value of wide.dataSync()) assertAlmostEquals(value, 1, 1e-5);
  assertThrows(
    () => resizePositions(positions, [2, 2], { from: [3, 3] }),
    RangeError,
    "Cannot resize 12 positions: they do not form a grid of 3 x 3",
  );
});
