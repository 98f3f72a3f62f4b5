import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Random } from "../random/mod.ts";
import { enqueue, queue } from "./queue.ts";

Deno.test("enqueue() writes keys as columns and goes on at the front after the end", () => {
  let state = { queue: tf.zeros<tf.Rank.R2>([1, 5]), queue_ptr: tf.tensor1d([0], "int32") };
  state = enqueue(state, tf.tensor2d([[1], [2], [3]]));
  state = enqueue(state, tf.tensor2d([[4], [5], [6]]));
  assertEquals(Array.from(state.queue.dataSync()), [6, 2, 3, 4, 5]);
  assertEquals(Array.from(state.queue_ptr.dataSync()), [1]);
});

Deno.test("enqueue() refuses more keys than the queue holds", () => {
  const state = queue([1, 2], new Random(0));
  assertThrows(() => enqueue(state, tf.ones([3, 1])), RangeError, "ring of 2");
});

Deno.test("queue() begins with unit keys", () => {
  const lengths = queue([16, 3], new Random(0)).queue.norm("euclidean", 0).dataSync();
  lengths.forEach((length) => assertAlmostEquals(length, 1, 1e-5));
});
