import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { clip, globalNorm } from "./clip.ts";
import { clipTogether } from "./clip_together.ts";

Deno.test("clip() shortens each long gradient on its own and leaves short ones", () => {
  const gradients = { long: tf.tensor1d([3, 4]), short: tf.tensor1d([0.3, 0.4]) };
  const [clipped, norms] = clip(gradients, 1);
  assertEquals(Array.from(clipped.short!.dataSync()), Array.from(gradients.short.dataSync()));
  assertAlmostEquals(clipped.long!.norm().dataSync()[0]!, 1, 1e-5);
  assertAlmostEquals(norms.long!.dataSync()[0]!, 5, 1e-5);
});

Deno.test("clip() without a limit leaves all gradients", () => {
  const [clipped] = clip({ x: tf.tensor1d([3, 4]) }, null);
  assertEquals(Array.from(clipped.x!.dataSync()), [3, 4]);
});

Deno.test("clip() leaves a zero gradient zero", () => {
  const [clipped] = clip({ x: tf.zeros([2]) }, 1);
  assertEquals(Array.from(clipped.x!.dataSync()), [0, 0]);
});

Deno.test("globalNorm() is the length of all gradients as one vector", () => {
  const [, norms] = clip({ a: tf.tensor1d([1, 2]), b: tf.tensor2d([[4], [10]]) }, null);
  assertAlmostEquals(globalNorm(norms).dataSync()[0]!, 11, 1e-5);
});

Deno.test("clipTogether() scales all gradients alike, to the limit as one vector", () => {
  const gradients = { a: tf.tensor1d([3, 0]), b: tf.tensor2d([[4]]) };
  const [clipped, norm] = clipTogether(gradients, 2.5);
  assertAlmostEquals(norm.dataSync()[0]!, 5, 1e-5);
  assertAlmostEquals(clipped.a!.dataSync()[0]!, 1.5, 1e-5);
  assertAlmostEquals(clipped.b!.dataSync()[0]!, 2, 1e-5);
  assertEquals(clipTogether(gradients, null)[0], gradients);
});
