import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals } from "@std/assert";
import { Random } from "../../random/mod.ts";
import { sampleConfig } from "../../testing/sample_config.ts";
import { softAssignment } from "../../objectives/mod.ts";
import { initBuffers } from "./buffers.ts";
import { forward } from "./forward.ts";
import { losses } from "./losses.ts";
import { initNetwork, teacherOf } from "./network.ts";

/** The losses of one and the same batch under a configuration. */
function lossesOf(changes: Partial<typeof sampleConfig>) {
  const config = { ...sampleConfig, ...changes };
  const random = new Random(0);
  const student = initNetwork(config, random.fork("student"));
  const { memories, queues, center } = initBuffers(config, random.fork("buffers"));
  const images = tf.randomNormal<tf.Rank.R4>([8, 8, 8, 3], 0, 1, "float32", 1);
  const [embeddings] = forward([{ images }], student, { memory: memories.student, config });
  const [teacher] = forward([{ images }], teacherOf(student), { memory: memories.teacher, config });
  const targets = softAssignment(teacher.group, center, 0.04);
  const all = losses(embeddings, teacher, { queues, targets, config });
  return Object.values(all).map((loss) => loss.dataSync()[0]) as [number, number, number, number];
}

Deno.test("losses() are weighted, and divided by the sum of the weights", async () => {
  await tf.setBackend("cpu");
  const [a, b, c, total] = lossesOf({ lossWeights: [2, 0, 1] });
  assertAlmostEquals(total, (2 * a + c) / 3, 1e-5);
  assertAlmostEquals(lossesOf({})[3], (a + b + c) / 3, 1e-5);
});

Deno.test("losses() count or do not, as in the published code, where lossSum says so", async () => {
  await tf.setBackend("cpu");
  const [a, , c, total] = lossesOf({ lossWeights: [2, 0, 1], lossSum: "reference" });
  assertAlmostEquals(total, (a + c) / 3, 1e-5);
});
