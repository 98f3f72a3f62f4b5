import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { classifierPresets, configureClassifier } from "../../configs/mod.ts";
import { classifierSchedule } from "./schedule.ts";

Deno.test("the rate of the official semi-supervised training rises to its minimum", () => {
  const config = classifierPresets["semi-supervised"].vit_small_1percent!;
  const length = { steps: 25 * config.epochs, stepsPerEpoch: 25 };
  const at = classifierSchedule(config, length);
  assert(config.minLearningRate > config.learningRate);
  assertEquals(at(0).rate, config.warmupRate);
  assertAlmostEquals(at(6 * 25).rate, config.learningRate, 1e-9);
  assertAlmostEquals(at(length.steps - 1).rate, config.minLearningRate, 1e-9);
  // With a minimum below the rate it falls, as elsewhere.
  const falling = classifierSchedule({ ...config, minLearningRate: 1e-7 }, length);
  assertAlmostEquals(falling(length.steps - 1).rate, 1e-7, 1e-10);
});

Deno.test("the first rate of an epoch's schedule serves two epochs", () => {
  const config = classifierPresets.transfer.vit_small_flowers!;
  const at = classifierSchedule(config, { steps: 2000, stepsPerEpoch: 2 });
  assertEquals([0, 1, 2, 3].map((step) => at(step).rate), Array(4).fill(config.warmupRate));
  assert(at(4).rate > config.warmupRate);
});

Deno.test("the rate of fine-tuning changes from step to step, whatever the batch", () => {
  const config = configureClassifier("fine-tune", { preset: "vit_base_400ep" });
  const length = { steps: 1000, stepsPerEpoch: 10 };
  for (const batchSize of [8, 1024]) {
    const at = classifierSchedule({ ...config, batchSize }, length);
    assertEquals([at(0).rate, at(199).rate, at(200).rate], [0, 0.0012, 0.0012]);
    assert(at(201).rate < 0.0012 && at(100).rate > at(99).rate);
    assertAlmostEquals(at(0).weightDecay, 0.05, 1e-12);
    assertAlmostEquals(at(999).weightDecay, 0.05, 1e-12);
  }
});
