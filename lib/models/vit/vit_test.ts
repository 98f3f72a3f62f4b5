import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { dropPathMasks } from "../../nn/mod.ts";
import { Random } from "../../random/mod.ts";
import { flatten } from "../../tree/mod.ts";
import { checkVit, type VitConfig } from "./config.ts";
import { initVit } from "./init.ts";
import { embedPatches } from "./embed_patches.ts";
import { classTokens, imageFeatures, memoryQuery } from "./features.ts";
import { relate } from "./relate.ts";
import { encodeTokens, layers, prepareTokens } from "./vit.ts";

const config: VitConfig = {
  imageSize: 8,
  patchSize: 4,
  width: 6,
  depth: 2,
  heads: 3,
  mlpRatio: 2,
  dropPath: 0,
  relationBlocks: 1,
};
const { heads } = config;

function pictures(...shape: [number, number, number, number]): tf.Tensor4D {
  const random = new Random("pictures");
  const length = shape.reduce((a, b) => a * b, 1);
  return tf.tensor4d(Float32Array.from({ length }, () => random.normal()), shape);
}

function near(a: tf.Tensor, b: tf.Tensor, tolerance = 1e-5) {
  assertEquals(a.shape, b.shape);
  const expected = b.dataSync();
  a.dataSync().forEach((value, i) => assertAlmostEquals(value, expected[i]!, tolerance));
}

Deno.test("embedPatches() is the convolution whose stride is the patch size", () => {
  const images = pictures(2, 8, 12, 3);
  const { weight, bias } = initVit(config, new Random(1)).patch_embed.proj;
  const convolved = tf.conv2d(images, weight.transpose([2, 3, 1, 0]), 4, "valid").add(bias);
  near(embedPatches(images, { weight, bias }), convolved.reshape([2, 6, 6]));
});

Deno.test("embedPatches() says why an image does not fit", () => {
  const { proj } = initVit(config, new Random(1)).patch_embed;
  assertThrows(
    () => embedPatches(pictures(1, 8, 9, 3), proj),
    RangeError,
    "the remainder is 0 x 1",
  );
  assertThrows(() => embedPatches(pictures(1, 8, 8, 1), proj), RangeError, "images of 1 channels");
});

Deno.test("imageFeatures() are the class tokens of all that encodeTokens() makes", () => {
  const images = pictures(2, 8, 12, 3);
  for (const depth of [1, 2]) {
    const p = initVit({ ...config, depth }, new Random(1));
    near(imageFeatures(images, p, { heads }), classTokens(encodeTokens(images, p, { heads }), p));
  }
});

Deno.test("initVit() makes the same model of the same seed, another of another", () => {
  const first = (seed: number) => [...initVit(config, new Random(seed)).pos_embed.dataSync()];
  assertEquals(first(1), first(1));
  assertEquals(first(1).some((value, i) => value !== first(2)[i]), true);
});

Deno.test("initVit() names its tensors as the published checkpoints", () => {
  const names = Object.keys(flatten(initVit({ ...config, depth: 1 }, new Random(1))));
  assertEquals(names.slice(0, 6), [
    "cls_token",
    "pos_embed",
    "patch_embed.proj.weight",
    "patch_embed.proj.bias",
    "blocks.0.norm1.weight",
    "blocks.0.norm1.bias",
  ]);
  assertEquals(names.at(-1), "relation_blocks.0.mlp.fc2.bias");
  assertEquals(
    "relation_blocks" in initVit({ ...config, relationBlocks: 0 }, new Random(1)),
    false,
  );
});

Deno.test("a model takes images of any whole number of patches", () => {
  const p = initVit(config, new Random(1));
  assertEquals(encodeTokens(pictures(2, 4, 16, 3), p, { heads }).shape, [2, 5, 6]);
});

Deno.test("a sample whose branches are all dropped passes the blocks unchanged", () => {
  const p = initVit(config, new Random(1));
  const images = pictures(2, 8, 8, 3);
  const masks = tf.tensor3d([0, 1, 0, 1, 0, 1, 0, 1], [2, 2, 2]);
  const dropped = encodeTokens(images, p, { heads, masks });
  near(dropped.slice(0, 1), prepareTokens(images, p).slice(0, 1));
  near(dropped.slice(1, 1), encodeTokens(images, p, { heads }).slice(1, 1));
});

Deno.test("masks of ones change nothing", () => {
  const p = initVit(config, new Random(1));
  const images = pictures(3, 8, 8, 3);
  const masks = dropPathMasks(new Random(1), { depth: 2, rate: 0, batch: 3 });
  near(encodeTokens(images, p, { heads, masks }), encodeTokens(images, p, { heads }));
});

Deno.test("images in a batch do not see each other", () => {
  const p = initVit(config, new Random(1));
  const images = pictures(3, 8, 8, 3);
  near(
    encodeTokens(images.slice(1, 1), p, { heads }),
    encodeTokens(images, p, { heads }).slice(1, 1),
  );
});

Deno.test("relate() does not depend on the order of the neighbors", () => {
  const p = initVit(config, new Random(1));
  const query = memoryQuery(encodeTokens(pictures(2, 8, 8, 3), p, { heads }));
  const neighbors = pictures(1, 2, 4, 6).squeeze<tf.Tensor3D>([0]);
  const related = relate(p, { query, neighbors, heads });
  near(related, relate(p, { query, neighbors: neighbors.reverse(1), heads }));
  assertEquals(related.shape, [2, 6]);
});

Deno.test("layers() ends with what encodeTokens() gives", () => {
  const p = initVit(config, new Random(1));
  const images = pictures(1, 8, 8, 3);
  const all = layers(images, p, { heads });
  assertEquals(all.length, 2);
  near(classTokens(all[1]!, p), classTokens(encodeTokens(images, p, { heads }), p));
});

Deno.test("checkVit() says which sizes do not fit together", () => {
  const cases: [Partial<VitConfig>, string][] = [
    [{ imageSize: 9 }, "images of 9 px into patches of 4 px: the remainder is 1"],
    [{ heads: 4 }, "width 6 into 4 heads: the remainder is 2"],
    [{ depth: 0 }, "a model with depth 0"],
    [{ width: 1.5 }, "a model with width 1.5"],
    [{ mlpRatio: 0.1 }, "0.1 times the width 6"],
    [{ dropPath: 1 }, "drop paths at rate 1"],
    [{ relationBlocks: -1 }, "-1 relation blocks"],
  ];
  for (const [change, why] of cases) {
    assertThrows(() => checkVit({ ...config, ...change }), RangeError, why);
  }
});
