import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { map } from "../../tree/mod.ts";
import { initVit } from "./init.ts";
import { Random } from "../../random/mod.ts";
import { tensorflowTest } from "../../testing/permitted.ts";
import { vitEncoder } from "./encoder.ts";

const sizes = {
  imageSize: 16,
  patchSize: 8,
  width: 8,
  depth: 1,
  heads: 2,
  mlpRatio: 2,
  relationBlocks: 1,
};

const create = (precision?: "bfloat16") =>
  vitEncoder(initVit(sizes, new Random(0)), { ...sizes, precision });

Deno.test("vitEncoder() gives a class token for each image, at other sizes too", () => {
  using encoder = create();
  assertEquals(encoder.embed(tf.zeros([3, 16, 16, 3])).shape, [3, 8]);
  assertEquals(encoder.embed(tf.zeros([2, 24, 24, 3])).shape, [2, 8]);
});

Deno.test("vitEncoder() gives features of places, maps of attention and Mugs' memory", () => {
  using encoder = create();
  const images = tf.ones<tf.Rank.R4>([2, 16, 24, 3]);
  assertEquals(encoder.patches(images).shape, [2, 2, 3, 8]);
  assertEquals(encoder.attention(images).shape, [2, 2, 2, 3]);
  const rows = encoder.patches(images).mean([1, 2]);
  assertAlmostEquals(rows.sub(encoder.memoryRows(images)).abs().max().dataSync()[0]!, 0, 1e-5);
  assertEquals(encoder.memoryQueries(images).shape, [2, 8]);
});

Deno.test("vitEncoder() tells its sizes, and disposes of its parameters", () => {
  const before = tf.memory().numTensors;
  const encoder = create();
  assertEquals(encoder.sizes, sizes);
  assertEquals([encoder.width, encoder.multiple, encoder.name], [8, 8, "ViT"]);
  encoder.dispose();
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("vitEncoder() does not depend on the relation blocks", () => {
  const parameters = initVit(sizes, new Random(0));
  using encoder = vitEncoder(parameters, sizes);
  using alone = vitEncoder({ ...parameters, relation_blocks: undefined }, sizes);
  const images = tf.ones<tf.Rank.R4>([1, 16, 16, 3]);
  assertEquals(encoder.embed(images).arraySync(), alone.embed(images).arraySync());
});

tensorflowTest("vitEncoder() in bfloat16 gives nearly the features of float32", () => {
  const images = tf.randomNormal<tf.Rank.R4>([2, sizes.imageSize, sizes.imageSize, 3]);
  using exact = create();
  using rounded = create("bfloat16");
  const expected = exact.embed(images), features = rounded.embed(images);
  const off = features.sub(expected).norm().div(expected.norm()).dataSync()[0]!;
  assert(off > 0 && off < 0.02, `off by ${off}`);
});

tensorflowTest("features by weights that are held in bfloat16 are within 1 % of float32", () => {
  const larger = { ...sizes, imageSize: 32, width: 64, depth: 4, heads: 4 };
  const params = initVit(larger, new Random("larger"));
  const images = tf.randomNormal<tf.Rank.R4>([4, 32, 32, 3], 0, 1, "float32", 3);
  using exact = vitEncoder(params, larger);
  using held = vitEncoder(map((x) => x.clone(), params), { ...larger, precision: "bfloat16" });
  const expected = exact.embed(images), rounded = held.embed(images);
  const off = rounded.sub(expected).norm().div(expected.norm()).dataSync()[0]!;
  assert(off > 0 && off < 0.01, `off by ${off}`);
});
