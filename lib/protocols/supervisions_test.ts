import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { granules } from "../datasets/mod.ts";
import {
  encodeTokens,
  initVit,
  memoryQuery,
  normTokens,
  patchMean,
  vitEncoder,
} from "../models/mod.ts";
import { Random } from "../random/mod.ts";
import { sampleConfig } from "../testing/sample_config.ts";
import { localGroupFeatures } from "./local_group_features.ts";
import { sameImage } from "./same_image.ts";

const view = { ...sampleConfig, evalCrop: "whole", evalSize: null } as const;

Deno.test("localGroupFeatures() keeps mean patch tokens, asks by means of all tokens", async () => {
  await tf.setBackend("cpu");
  const data = granules({ train: 3, test: 2, size: view.imageSize });
  using encoder = vitEncoder(initVit(sampleConfig, new Random(0)), { heads: sampleConfig.heads });
  const vit = encoder.params;
  const { train, test } = await localGroupFeatures(data, encoder, view);
  assertEquals([train.x.shape, test.x.shape], [[3, view.width], [2, view.width]]);
  const again = await localGroupFeatures(
    { ...data, test: data.train, train: data.test },
    encoder,
    view,
  );
  const ones = tf.ones<tf.Rank.R4>([1, view.imageSize, view.imageSize, 3]);
  const tokens = encodeTokens(ones, vit, view);
  const differ = patchMean(normTokens(tokens, vit)).sub(memoryQuery(tokens)).abs().max();
  assert(differ.dataSync()[0]! > 1e-3); // they are not the same thing
  assert(again.test.x.sub(train.x).abs().max().dataSync()[0]! > 1e-3);
});

Deno.test("sameImage() finds the other view where views are the whole image", async () => {
  await tf.setBackend("cpu");
  const { train } = granules({ train: 6, test: 0, size: 32 });
  const still = {
    ...sampleConfig,
    ...{ globalScale: [1, 1] as [number, number], flip: 0, jitter: 0, grayscale: 0 },
    ...{ blur: 0, globalBlur: [0, 0] as [number, number], solarize: 0, strongShare: 0 },
  };
  using encoder = vitEncoder(initVit(sampleConfig, new Random(0)), { heads: sampleConfig.heads });
  const { queries, views, found } = await sameImage(train, encoder, {
    ...still,
    rows: 4,
    k: 3,
  });
  assertEquals([queries.length, views.map((row) => row.length)], [4, [3, 3, 3, 3]]);
  assertEquals(found, 100);
  views.forEach((row, i) => assertEquals(row[0]!.label, queries[i]!.label));
  assert(Math.abs(views[0]![0]!.similarity - 1) < 1e-4);
});
