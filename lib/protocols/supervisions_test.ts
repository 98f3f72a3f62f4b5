import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { granules } from "../datasets/mod.ts";
import { encodeTokens, memoryQuery, normTokens, patchMean } from "../models/mod.ts";
import { sampleConfig } from "../testing/sample_config.ts";
import { untrained } from "./extract.ts";
import { localGroupFeatures } from "./local_group.ts";
import { sameImage } from "./same_image.ts";

const seen = { ...sampleConfig, evalCrop: "whole", evalSize: null } as const;

Deno.test("localGroupFeatures() keeps mean patch tokens, and asks by the mean of all tokens", async () => {
  await tf.setBackend("cpu");
  const data = granules({ train: 3, test: 2, size: seen.imageSize });
  const vit = untrained(sampleConfig);
  const { train, test } = await localGroupFeatures(data, vit, seen);
  assertEquals([train.x.shape, test.x.shape], [[3, seen.width], [2, seen.width]]);
  const again = await localGroupFeatures(
    { ...data, test: data.train, train: data.test },
    vit,
    seen,
  );
  const ones = tf.ones<tf.Rank.R4>([1, seen.imageSize, seen.imageSize, 3]);
  const tokens = encodeTokens(ones, vit, seen);
  const differ = patchMean(normTokens(tokens, vit)).sub(memoryQuery(tokens)).abs().max();
  assert(differ.dataSync()[0] > 1e-3); // they are not the same thing
  assert(again.test.x.sub(train.x).abs().max().dataSync()[0] > 1e-3);
});

Deno.test("sameImage() finds the other view of an image where views are the whole image", async () => {
  await tf.setBackend("cpu");
  const { train } = granules({ train: 6, test: 0, size: 32 });
  const still = {
    ...sampleConfig,
    ...{ globalScale: [1, 1] as [number, number], flip: 0, jitter: 0, grayscale: 0 },
    ...{ blur: 0, globalBlur: [0, 0] as [number, number], solarize: 0, strongShare: 0 },
  };
  const { queries, views, found } = await sameImage(train, untrained(sampleConfig), {
    ...still,
    rows: 4,
    k: 3,
  });
  assertEquals([queries.length, views.map((row) => row.length)], [4, [3, 3, 3, 3]]);
  assertEquals(found, 100);
  views.forEach((row, i) => assertEquals(row[0].label, queries[i].label));
  assert(Math.abs(views[0][0].similarity - 1) < 1e-4);
});
