import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertGreater, assertThrows } from "@std/assert";
import { Random } from "../../random/mod.ts";
import { imagenetDeviation, imagenetMean } from "../../transforms/mod.ts";
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

Deno.test("resnetEncoder() gives networks that take fractions what images are", async () => {
  await tf.setBackend("cpu");
  const params = () => initResnet(sizes, new Random(0));
  using plain = resnetEncoder(params());
  using fractional = resnetEncoder(params(), { resnet: { pixels: "fractions" } });
  const pixels = tf.randomUniform<tf.Rank.R4>([2, 20, 20, 3], 0, 1, "float32", 7);
  const images = pixels.sub(tf.tensor1d([...imagenetMean])).div<tf.Tensor4D>(
    tf.tensor1d([...imagenetDeviation]),
  );
  const difference = fractional.embed(images).sub(plain.embed(pixels)).abs().max();
  assertAlmostEquals(difference.dataSync()[0]!, 0, 1e-4);
  assertEquals(fractional.sizes, { ...sizes, pixels: "fractions" });
});

Deno.test("resnetEncoder() pads by TensorFlow's rule, which differs at even sizes", async () => {
  await tf.setBackend("cpu");
  const large: ResnetSizes = { ...sizes, stem: "large" };
  const params = () => initResnet(large, new Random(0));
  using plain = resnetEncoder(params());
  using same = resnetEncoder(params(), { resnet: { samePadding: "all" } });
  const distance = (side: number) => {
    const images = tf.randomUniform<tf.Rank.R4>([2, side, side, 3], -1, 1, "float32", 7);
    return same.embed(images).sub(plain.embed(images)).abs().max().dataSync()[0]!;
  };
  assertAlmostEquals(distance(33), 0, 1e-5);
  assertGreater(distance(32), 1e-3);
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
