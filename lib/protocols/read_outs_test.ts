import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { granules, imageTensor } from "../datasets/mod.ts";
import { initVit, relate, vitEncoder } from "../models/mod.ts";
import { Random } from "../random/mod.ts";
import { sampleConfig } from "../testing/sample_config.ts";
import { readOuts, withMemory } from "./read_outs.ts";

const view = { ...sampleConfig, evalCrop: "whole", evalSize: null, neighbors: 2 } as const;

/** The greatest difference of two matrices. */
function difference(a: tf.Tensor2D, b: tf.Tensor2D): number {
  assertEquals(a.shape, b.shape);
  return a.sub(b).abs().max().dataSync()[0]!;
}

Deno.test("readOuts() gives class token, related token and patch mean in one pass", async () => {
  await tf.setBackend("cpu");
  const { train, test } = granules({ train: 5, test: 3, size: view.imageSize });
  using encoder = vitEncoder(initVit(sampleConfig, new Random(0)), { heads: sampleConfig.heads });
  const options = { ...view, neighbors: 1 };
  using tokens = await readOuts(encoder, train.slice(0, 1), options);
  const images = imageTensor(await Promise.all(test.map((sample) => sample.read())));
  const all = tokens.embed(images);
  assert(difference(tokens.select(all, "class token"), encoder.embed(images)) < 1e-5);
  assert(difference(tokens.select(all, "patch mean"), encoder.memoryRows(images)) < 1e-5);
  // A memory of one image has but one neighbor for every query.
  const only = encoder.memoryRows(imageTensor([await train[0]!.read()]));
  const expected = relate(encoder.params, {
    query: encoder.memoryQueries(images),
    neighbors: tf.tile(only.expandDims<tf.Tensor3D>(0), [3, 1, 1]),
    heads: sampleConfig.heads,
  });
  assert(difference(tokens.select(all, "local-group token"), expected) < 1e-4);
});

Deno.test("readOuts() refuses a memory of fewer images than neighbors", async () => {
  await tf.setBackend("cpu");
  const { train } = granules({ train: 1, test: 0, size: view.imageSize });
  using encoder = vitEncoder(initVit(sampleConfig, new Random(0)), { heads: sampleConfig.heads });
  await assertRejects(() => readOuts(encoder, train, view), RangeError, "2 `neighbors` among 1");
});

Deno.test("withMemory() keeps what is scored apart from what is remembered, always alike", () => {
  const data = granules({ train: 11, test: 2, size: 8 });
  const { remembered, scored } = withMemory(data);
  assertEquals([remembered.length, scored.train.length], [5, 6]);
  const ids = [...remembered, ...scored.train].map(({ id }) => id);
  assertEquals(ids.toSorted(), data.train.map(({ id }) => id).toSorted());
  assertEquals(scored.test, data.test);
  assertEquals(withMemory(data).remembered.map(({ id }) => id), remembered.map(({ id }) => id));
});
