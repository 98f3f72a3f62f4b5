import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { Random } from "../random/mod.ts";
import { initLinear, truncatedNormal, uniformByInputs } from "./init.ts";

Deno.test("truncatedNormal() has its deviation and never leaves ±2", () => {
  const narrow = tf.moments(truncatedNormal(new Random(1), [100, 100]));
  assertAlmostEquals(Math.sqrt(narrow.variance.dataSync()[0]!), 0.02, 5e-4);
  assertAlmostEquals(narrow.mean.dataSync()[0]!, 0, 1e-3);
  assertLess(truncatedNormal(new Random(1), [5000], 3).abs().max().dataSync()[0]!, 2.0001);
});

Deno.test("uniformByInputs() fills the interval ±1 / √inputs", () => {
  const values = uniformByInputs(new Random(1), [10000], 4);
  assertAlmostEquals(values.max().dataSync()[0]!, 0.5, 1e-3);
  assertAlmostEquals(values.min().dataSync()[0]!, -0.5, 1e-3);
});

Deno.test("initLinear() gives weight [out, in], zero bias or none", () => {
  const { weight, bias } = initLinear(new Random(1), [3, 2]);
  assertEquals([weight.shape, bias!.arraySync()], [[2, 3], [0, 0]]);
  assertEquals(Object.keys(initLinear(new Random(1), [3, 2], { bias: false })), ["weight"]);
});
