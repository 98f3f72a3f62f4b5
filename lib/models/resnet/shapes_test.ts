import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Random } from "../../random/mod.ts";
import { golden } from "../../testing/goldens.ts";
import { flatten } from "../../tree/mod.ts";
import { initResnet, type ResnetName, resnets, resnetShapes, type ResnetSizes } from "../mod.ts";

const json = { files: "resnet_names.json" };

golden("methods/resnet/resnet_names", "published networks have torchvision's tensors", (g) => {
  const { resnet_tiny: _ours, ...published } = resnets;
  for (const [name, config] of Object.entries<ResnetSizes>(published)) {
    const { state, parameters } = g.json[name as ResnetName];
    const shapes = Object.entries(resnetShapes(config, { classes: 1000 }));
    assertEquals(shapes, (state as [string, number[]][]).map(([name, shape]) => [name, shape]));
    const learned = shapes.filter(([name]) => !/running|tracked/.test(name));
    const count = learned.reduce((sum, [, shape]) => sum + shape.reduce((a, b) => a * b, 1), 0);
    assertEquals(count, parameters);
  }
}, json);

golden("methods/resnet/resnet_names", "ResNet-50 begins as torchvision makes it", (g) => {
  const { zero_weights, conv_std_measured } = g.json.initial;
  const options = { classes: 10, zeroLast: true };
  const named = flatten(initResnet(resnets.resnet50, new Random(1), options));
  for (const [name, [, deviation]] of Object.entries<[number, number]>(conv_std_measured)) {
    const { variance } = tf.moments(named[name]!);
    assertAlmostEquals(variance.sqrt().dataSync()[0]!, deviation, deviation * 0.02);
  }
  const scales = Object.entries(named).filter(([name]) =>
    /(bn\d|downsample\.1)\.weight$/.test(name)
  );
  const zeros = scales.filter(([, scale]) => scale.max().dataSync()[0] === 0);
  assertEquals(zeros.map(([name]) => name), zero_weights);
  const ones = scales.filter(([name]) => !zero_weights.includes(name));
  assertEquals(ones.every(([, scale]) => scale.min().dataSync()[0] === 1), true);
  const greatest = named["fc.bias"]!.abs().max().dataSync()[0]! * Math.sqrt(2048);
  assertEquals([greatest > 0.5, greatest <= 1], [true, true]);
}, json);

Deno.test("initResnet() has exactly the tensors of resnetShapes()", () => {
  const config: ResnetSizes = {
    block: "basic",
    layers: [1, 2, 1, 1],
    planes: [2, 4, 4, 8],
    stemWidth: 2,
    stem: "small",
    inner: 1,
  };
  const named = flatten(initResnet(config, new Random(1)));
  const shapes = Object.fromEntries(Object.entries(named).map(([name, x]) => [name, x.shape]));
  assertEquals(shapes, resnetShapes(config));
  assertEquals("layer3.0.downsample.0.weight" in shapes, true); // shortens, though as wide
});

Deno.test("initResnet() refuses sizes that make no network", () => {
  const broken = (part: Partial<ResnetSizes>) => () =>
    initResnet({ ...resnets.resnet18, ...part }, new Random(1));
  assertThrows(broken({ planes: [2, 4, 0, 8] }), RangeError, "planes 2,4,0,8");
  assertThrows(broken({ stemWidth: 1.5 }), RangeError, "stemWidth 1.5");
  assertThrows(broken({ inner: 0 }), RangeError, "bottlenecks of 0 times");
});
