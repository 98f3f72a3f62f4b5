import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "../../random/mod.ts";
import { sampleConfig } from "../../testing/sample_config.ts";
import { flatten } from "../../tree/mod.ts";
import { initBuffers } from "./buffers.ts";
import { forward } from "./forward.ts";
import { learned } from "../learned.ts";
import { initNetwork, teacherOf } from "./network.ts";
import { masks } from "./views.ts";

const config = { ...sampleConfig, dropPath: 0.5 };
const random = new Random(0);
const images = (count: number, size: number) =>
  tf.randomNormal<tf.Rank.R4>([count, size, size, 3], 0, 1, "float32", count);

Deno.test("forward() gives the same embeddings in one chain and in two", async () => {
  await tf.setBackend("cpu");
  const student = initNetwork(config, random.fork("student"));
  const { memories: { student: memory } } = initBuffers(config, random.fork("buffers"));
  const { student: large, local: small } = masks(config, random.fork("masks"));
  const groups = [
    { images: images(2 * config.batchSize, 8), mask: large },
    { images: images(2 * config.batchSize, 4), mask: small },
  ];
  const embeddings = (chains: number) =>
    flatten(forward(groups, student, { memory, config, chains })[0]);
  const one = embeddings(1), two = embeddings(2);
  for (const [name, tensor] of Object.entries(one)) {
    const others = two[name]!.dataSync();
    tensor.dataSync().forEach((value, i) => assertAlmostEquals(others[i]!, value, 1e-5, name));
  }
});

Deno.test("local-group embeddings and their queue may have a width of their own", async () => {
  await tf.setBackend("cpu");
  const narrow = { ...config, localGroupOut: 4 };
  const student = initNetwork(narrow, random.fork("student"));
  const { memories, queues } = initBuffers(narrow, random.fork("buffers"));
  const [embeddings] = forward([{ images: images(2, 8) }], student, {
    memory: memories.student,
    config: narrow,
  });
  assertEquals([embeddings.instance.shape[1], embeddings.localGroup.shape[1]], [6, 4]);
  assertEquals([queues.instance.queue.shape[0], queues.localGroup.queue.shape[0]], [6, 4]);
});

Deno.test("masks() are none where no path is dropped", () => {
  assertEquals(masks({ ...config, dropPath: 0 }, random), {});
});

Deno.test("teacherOf() equals the student in tensors of its own, without predictors", async () => {
  await tf.setBackend("cpu");
  const student = flatten(initNetwork(config, random.fork("student")));
  const teacher = flatten(teacherOf(initNetwork(config, random.fork("student"))));
  const names = Object.keys(student).filter((name) => !name.includes("predictor"));
  assertEquals(Object.keys(teacher).sort(), names.sort());
  for (const name of names) assertEquals(teacher[name]!.dataSync(), student[name]!.dataSync());
});

Deno.test("learned() leaves out running statistics, and lengths of prototypes that stay 1", () => {
  const unit = { normLastLayer: true }, free = { normLastLayer: false };
  assertEquals(learned("group_head.last_layer.weight_g", unit), false);
  assertEquals(learned("group_head.last_layer.weight_g", free), true);
  assertEquals(learned("instance_head.projector.1.running_mean", free), false);
});
