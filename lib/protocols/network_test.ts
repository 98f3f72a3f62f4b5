import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { initVit } from "../models/mod.ts";
import { Random } from "../random/mod.ts";
import { tensorflowTest } from "../testing/permitted.ts";
import { network } from "./network.ts";

const sizes = {
  imageSize: 16,
  patchSize: 8,
  width: 8,
  depth: 1,
  heads: 2,
  mlpRatio: 2,
  dropPath: 0,
  relationBlocks: 1,
};

Deno.test("network() gives a class token for each image, at other sizes too", () => {
  using embed = network(initVit(sizes, new Random(0)), sizes);
  assertEquals(embed(tf.zeros([3, 16, 16, 3])).shape, [3, 8]);
  assertEquals(embed(tf.zeros([2, 24, 24, 3])).shape, [2, 8]);
});

Deno.test("network() does not depend on the relation blocks", () => {
  const parameters = initVit(sizes, new Random(0));
  using embed = network(parameters, sizes);
  using alone = network({ ...parameters, relation_blocks: undefined }, sizes);
  const images = tf.ones<tf.Rank.R4>([1, 16, 16, 3]);
  assertEquals(embed(images).arraySync(), alone(images).arraySync());
});

tensorflowTest("network() in bfloat16 gives nearly the features of float32", () => {
  const parameters = initVit(sizes, new Random(0));
  const images = tf.randomNormal<tf.Rank.R4>([2, sizes.imageSize, sizes.imageSize, 3]);
  using exact = network(parameters, sizes);
  using rounded = network(parameters, { ...sizes, precision: "bfloat16" });
  const expected = exact(images), found = rounded(images);
  const off = found.sub(expected).norm().div(expected.norm()).dataSync()[0];
  assert(off > 0 && off < 0.02, `off by ${off}`);
});
