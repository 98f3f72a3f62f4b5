import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { Dataset } from "../datasets/mod.ts";
import { initVit, vitEncoder } from "../models/mod.ts";
import { Random } from "../random/mod.ts";
import { attendedImages } from "./attended_images.ts";
import { neighborPurity } from "./neighbor_purity.ts";
import { similar } from "./similar.ts";

/** Gray images whose brightness is their place in the data. */
function samples(labels: number[]) {
  return labels.map((kind, i) => ({
    id: `${i}`,
    labels: { kind },
    read: () =>
      Promise.resolve({ width: 8, height: 8, data: new Uint8Array(8 * 8 * 3).fill(10 * i) }),
  }));
}

const data: Dataset = {
  name: "gray",
  train: samples([0, 0, 1]),
  test: samples([1, 0]),
  classes: { kind: ["cat", "dog"] },
  fingerprint: "",
};

Deno.test("similar() reads the most similar training images, the most similar first", async () => {
  const train = { x: tf.tensor2d([[1, 0], [1, 1], [0, 1]]) };
  const test = { x: tf.tensor2d([[0, 2], [3, 0]]) };
  const [queries, neighbors] = await similar(data, { train, test }, { k: 2 });
  assertEquals(queries.map(({ label }) => label), ["dog", "cat"]);
  assertEquals(neighbors.map((row) => row.map(({ image }) => image.data[0])), [[20, 10], [0, 10]]);
  assertEquals(neighbors.map((row) => row.map(({ label }) => label)), [
    ["dog", "cat"],
    ["cat", "cat"],
  ]);
  assertEquals(neighbors[0]!.map(({ similarity }) => similarity.toFixed(2)), ["1.00", "0.71"]);
});

Deno.test("similar() takes the queries by row, and says why it cannot", async () => {
  const [train, test] = [{ x: tf.eye(3) }, { x: tf.ones<tf.Rank.R2>([2, 3]) }];
  const [queries] = await similar(data, { train, test }, { queries: [1], k: 1 });
  assertEquals(queries.map(({ label }) => label), ["cat"]);
  await assertRejects(() => similar(data, { train: test, test }), RangeError, "2 features among 3");
  const options = { level: "x" };
  await assertRejects(() => similar(data, { train, test }, options), RangeError, "levels are kind");
});

Deno.test("neighborPurity() counts neighbors of the same class, not the image itself", () => {
  const x = tf.tensor2d([[1, 0], [0.99, 0.1], [0, 1], [0.1, 0.99]]);
  const purity = (labels: number[]) => neighborPurity(x, tf.tensor1d(labels, "int32"), { k: 1 });
  assertEquals(purity([0, 0, 1, 1]), 100);
  assertEquals(purity([0, 1, 0, 1]), 0);
  assertEquals(purity([0, 0, 0, 1]), 50);
  assertThrows(
    () => neighborPurity(x, tf.tensor1d([0, 0, 0, 0]), { k: 4 }),
    RangeError,
    "4 images",
  );
});

Deno.test("attendedImages() gives a map of the patches for every image and head", async () => {
  const sizes = { imageSize: 16, patchSize: 8, width: 8, depth: 1, heads: 2, mlpRatio: 2 };
  using encoder = vitEncoder(initVit({ ...sizes, relationBlocks: 1 }, new Random(0)), sizes);
  const view = { imageSize: 16, evalSize: null, evalCrop: "whole" } as const;
  const attended = await attendedImages(encoder, data.train, view);
  assertEquals(attended.map(({ image }) => [image.width, image.data[0]]), [[16, 0], [16, 10], [
    16,
    20,
  ]]);
  for (const { attention } of attended) {
    assertEquals([attention.length, attention[0]!.length, attention[0]![0]!.length], [2, 2, 2]);
    const sums = attention.map((map) => map.flat().reduce((sum, value) => sum + value, 0));
    assertEquals(sums.every((sum) => sum > 0 && sum < 1), true);
  }
});
