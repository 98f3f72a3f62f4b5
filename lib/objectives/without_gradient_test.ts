import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { withoutGradient } from "./without_gradient.ts";

Deno.test("withoutGradient() makes a constant of what it returns", () => {
  const f = (x: tf.Tensor) => x.mul(withoutGradient(() => x.square())); // x * [x²]
  assertEquals(tf.grad(f)(tf.scalar(3)).dataSync()[0], 9);
});
