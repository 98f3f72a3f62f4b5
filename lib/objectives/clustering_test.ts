import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals } from "@std/assert";
import { clustering, entropy, nextCenter, softAssignment } from "./clustering.ts";

const logits = tf.tensor2d([[4, 0, 1], [0, 2, 0], [1, 1, 3], [2, 0, 0]]); // 2 views of 2 images

Deno.test("clustering() without small views is half the cross-entropy of the swapped views", () => {
  const targets = softAssignment(logits, tf.zeros([1, 3]), 0.5);
  const swapped = tf.concat(tf.split(targets, 2).reverse());
  const expected = swapped.mul(tf.logSoftmax(logits.div(0.1))).sum(-1).mean().mul(-0.5);
  assertAlmostEquals(
    clustering(logits, targets, { temperature: 0.1 }).dataSync()[0]!,
    expected.dataSync()[0]!,
    1e-5,
  );
});

Deno.test("softAssignment() is flatter at a higher temperature and takes the center away", () => {
  const entropyAt = (t: number) =>
    entropy(softAssignment(logits, tf.zeros([1, 3]), t)).dataSync()[0]!;
  assertAlmostEquals(entropyAt(0.1), 0, 0.05);
  assertAlmostEquals(entropyAt(10), Math.log(3), 0.05);
  const flat = softAssignment(logits.slice(0, 1), logits.slice(0, 1), 0.1);
  assertAlmostEquals(entropy(flat).dataSync()[0]!, Math.log(3), 1e-5);
});

Deno.test("nextCenter() keeps a share of the center", () => {
  const center = nextCenter(tf.tensor2d([[1, 0, 0]]), tf.tensor2d([[0, 2, 0], [0, 4, 0]]), 0.9);
  const [a, b] = center.dataSync();
  assertAlmostEquals(a!, 0.9, 1e-6);
  assertAlmostEquals(b!, 0.3, 1e-6);
});
