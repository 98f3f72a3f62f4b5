import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { dispose, flatten, leaves, map, unflatten } from "./mod.ts";

const tree = () => ({
  blocks: [{ weight: tf.scalar(1) }, { weight: tf.scalar(2) }],
  norm: { bias: tf.scalar(3), absent: undefined },
});

Deno.test("flatten() names tensors by their path, in depth-first order", () => {
  assertEquals(Object.keys(flatten(tree())), ["blocks.0.weight", "blocks.1.weight", "norm.bias"]);
});

Deno.test("unflatten() undoes flatten(), arrays included", () => {
  const original = tree();
  const again = unflatten<ReturnType<typeof tree>>(flatten(original));
  assert(Array.isArray(again.blocks));
  assertEquals(Object.keys(flatten(again)), Object.keys(flatten(original)));
  assert(again.blocks[1]!.weight === original.blocks[1]!.weight);
});

Deno.test("unflatten() keeps numbered names with gaps as they are", () => {
  const t = tf.scalar(1);
  const again = unflatten<{ projector: Record<string, tf.Tensor> }>({
    "projector.0": t,
    "projector.2": t,
  });
  assert(!Array.isArray(again.projector));
  assertEquals(Object.keys(again.projector), ["0", "2"]);
});

Deno.test("map() combines the tensors at equal paths and keeps the first tree's structure", () => {
  const sum = map((a, b) => a.add(b), tree(), tree());
  assertEquals(leaves(sum).map((t) => t.dataSync()[0]), [2, 4, 6]);
  assert(Array.isArray(sum.blocks));
});

Deno.test("map() says which path the second tree lacks", () => {
  assertThrows(() => map((a) => a, { x: { y: tf.scalar(1) } }, {}), TypeError, '"x.y"');
});

Deno.test("dispose() frees every tensor once, also one that stands in two places", () => {
  const shared = tf.scalar(1);
  const before = tf.memory().numTensors;
  dispose({ a: shared, b: [shared] }, { c: tf.scalar(2) });
  assertEquals(tf.memory().numTensors, before - 1);
  dispose({ a: shared });
});
