import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Random } from "../../random/mod.ts";
import { initResnet, resnetEncoder, resnets, resnetShapes, type ResnetSizes } from "../mod.ts";
import { measureResnet } from "./measure.ts";

const sizes: ResnetSizes = {
  block: "bottleneck",
  layers: [1, 2, 1, 1],
  planes: [2, 2, 4, 3],
  stemWidth: 4,
  stem: "small",
  inner: 2,
};

Deno.test("resnetEncoder() gives the mean of its patches, at any size", async () => {
  await tf.setBackend("cpu");
  using encoder = resnetEncoder(initResnet(sizes, new Random(0), { classes: 5 }));
  const images = tf.ones<tf.Rank.R4>([2, 20, 33, 3]);
  assertEquals(encoder.patches(images).shape, [2, 3, 5, 12]);
  const difference = encoder.patches(images).mean([1, 2]).sub(encoder.embed(images));
  assertAlmostEquals(difference.abs().max().dataSync()[0]!, 0, 1e-5);
});

Deno.test("resnetEncoder() tells its sizes, and disposes of its parameters", () => {
  const before = tf.memory().numTensors;
  const encoder = resnetEncoder(initResnet(sizes, new Random(0)), { trained: false });
  assertEquals(encoder.sizes, sizes);
  assertEquals([encoder.width, encoder.multiple, encoder.trained], [12, 1, false]);
  encoder.dispose();
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("measureResnet() finds the published sizes in their shapes", () => {
  for (const [name, published] of Object.entries<ResnetSizes>(resnets)) {
    assertEquals(measureResnet(resnetShapes(published, { classes: 10 }), name), published);
  }
  assertThrows(
    () => measureResnet({ "conv1.weight": [4, 3, 7, 7] }, "a.pth"),
    TypeError,
    'Cannot use a.pth: its residual network has no tensor "layer1.0.conv2.weight"',
  );
});
