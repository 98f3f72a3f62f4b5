import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals } from "@std/assert";
import { patchLoss } from "./patch_loss.ts";

Deno.test("patchLoss() counts an image without mask, and no patch that was not masked", () => {
  const student = tf.tensor3d([[[9, 0], [0, 0]], [[0, 0], [0, 0]]]);
  const targets = tf.fill<tf.Rank.R3>([2, 2, 2], 0.5);
  const masks = tf.tensor2d([[0, 1], [0, 0]]);
  const loss = patchLoss(student, targets, { masks, temperature: 1 }).dataSync()[0]!;
  assertAlmostEquals(loss, Math.log(2) / 2, 1e-6);
});
