import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { ema } from "./ema.ts";

Deno.test("ema() moves the teacher by 1 - momentum, only where it has the student's name", () => {
  const teacher = { weight: tf.tensor1d([0, 4]), running_mean: tf.tensor1d([7]) };
  const student = { weight: tf.tensor1d([4, 0]), predictor: tf.tensor1d([9]) };
  const next = ema(teacher, student, tf.scalar(0.75));
  assertEquals(Object.keys(next), ["weight", "running_mean"]);
  assertEquals(Array.from(next.weight!.dataSync()), [1, 3]);
  assertEquals(next.running_mean, teacher.running_mean);
});
