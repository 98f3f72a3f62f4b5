import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { initState } from "../pretraining/mod.ts";
import { sampleConfig } from "../testing/sample_config.ts";
import { dispose, flatten } from "../tree/mod.ts";
import { untrained } from "./backbone.ts";
import { resnets } from "./resnet/sizes.ts";

Deno.test("untrained() is what pre-training begins with, by sizes and seed alone", async () => {
  await tf.setBackend("cpu");
  const state = initState(sampleConfig);
  const { imageSize, patchSize, width, depth, heads, mlpRatio, relationBlocks, seed } =
    sampleConfig;
  const sizes = { imageSize, patchSize, width, depth, heads, mlpRatio, relationBlocks };
  const before = tf.memory().numTensors;
  const vit = flatten(untrained({ ...sizes, seed }).params);
  assertEquals(tf.memory().numTensors, before + Object.keys(vit).length);
  for (const [name, tensor] of Object.entries(flatten(state.learner.student.backbone))) {
    assertEquals([name, vit[name]!.dataSync()], [name, tensor.dataSync()]);
  }
  dispose(state, vit);
});

Deno.test("untrained() is of a residual network where the configuration is of one", () => {
  const resnet = { ...resnets.resnet18, planes: [2, 2, 2, 2], stemWidth: 2 } as const;
  using encoder = untrained({ ...sampleConfig, resnet });
  assertEquals([encoder.width, encoder.trained], [2, false]);
});
