import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertThrows } from "@std/assert";
import { accuracy } from "./accuracy.ts";

const labels = (...values: number[]) => tf.tensor1d(values, "int32");

Deno.test("accuracy() counts the right class at the first place and among the first five", () => {
  const scores = tf.tensor2d([
    [9, 1, 2, 3, 4, 5], // right at once
    [0, 1, 2, 3, 4, 5], // the right class is last of six
    [2, 9, 8, 7, 6, 1], // fifth
  ]);
  const { top1, top5 } = accuracy(scores, labels(0, 0, 0));
  assertEquals([top1, top5].map((x) => Math.round(x)), [33, 67]);
});

Deno.test("accuracy() lets the lower class win a tie, as argMax does", () => {
  assertEquals(accuracy(tf.tensor2d([[1, 1], [1, 1]]), labels(0, 1)).top1, 50);
});

Deno.test("accuracy() does not count a class without votes among the first five", () => {
  const votes = tf.tensor2d([[0, 0, 5]]);
  assertEquals(accuracy(votes, labels(0), { floor: 0 }).top5, 0);
  assertEquals(accuracy(votes, labels(0)).top5, 100);
});

Deno.test("accuracy() takes a score that is not a number for wrong", () => {
  assertEquals(accuracy(tf.tensor2d([[NaN, NaN]]), labels(0)), { top1: 0, top5: 0 });
});

Deno.test("accuracy() refuses labels that do not belong to the rows", () => {
  assertThrows(() => accuracy(tf.zeros([3, 2]), labels(0, 1)), RangeError, "2 labels");
});

Deno.test("accuracy() gives the mean over the classes, each counting alike, where requested", () => {
  const scores = tf.tensor2d([[2, 1, 0], [2, 1, 0], [2, 1, 0], [2, 1, 0]]);
  const { top1, perClass } = accuracy(scores, labels(0, 0, 0, 1), { perClass: true });
  assertEquals([top1, perClass], [75, 50]); // the third class has no images
});
