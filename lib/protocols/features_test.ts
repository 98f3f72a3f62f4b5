import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertRejects } from "@std/assert";
import type { Sample } from "../datasets/mod.ts";
import { colorHistogram, rawPixels } from "./baselines.ts";
import { describe } from "./describe.ts";
import { features } from "./features.ts";

/** An image of one color. */
function plain(id: string, color: [number, number, number], label: number): Sample {
  const data = Uint8Array.from({ length: 8 * 8 * 3 }, (_, i) => color[i % 3]!);
  return {
    id,
    labels: { class: label },
    read: () => Promise.resolve({ width: 8, height: 8, data }),
  };
}

const samples = [plain("red", [255, 0, 0], 1), plain("gray", [124, 116, 104], 0)];
const options = { size: 4, evalCrop: "whole" as const, classes: { class: ["a", "b"] } };
const color = (images: tf.Tensor4D) => images.mean<tf.Tensor2D>([1, 2]);

Deno.test("features() gives a row for each image in order, whatever the batch", async () => {
  const one = await features(color, samples, { ...options, batchSize: 1 });
  const two = await features(color, samples, options);
  assertEquals(one.x.arraySync(), two.x.arraySync());
  assertEquals([...two.labels.class!.dataSync()], [1, 0]);
  assertEquals(two.classes, { class: 2 });
});

Deno.test("features() leaves only its result in memory", async () => {
  const before = tf.memory().numTensors;
  const { x, labels } = await features(color, samples, options);
  tf.dispose([x, labels]);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("features() refuses features that are not finite and names the image", async () => {
  const broken = (images: tf.Tensor4D) => color(images).sub(2).log() as tf.Tensor2D;
  await assertRejects(() => features(broken, samples, options), RangeError, '"red"');
});

Deno.test("colorHistogram() of one color is 1 in a single bin", async () => {
  const histogram = colorHistogram(await samples[0]!.read());
  assertEquals(histogram[7 << 6], 1);
  assertEquals(histogram.reduce((sum, x) => sum + x), 1);
});

Deno.test("describe() makes several features of images in one pass", async () => {
  const { pixels, colors } = await describe(
    { pixels: rawPixels, colors: colorHistogram },
    samples,
    options,
  );
  assertEquals([pixels.x.shape, colors.x.shape], [[2, 64 * 64 * 3], [2, 512]]);
});
