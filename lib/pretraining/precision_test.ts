import * as tf from "@tensorflow/tfjs";
import { assert, assertNotEquals } from "@std/assert";
import { type MugsConfig, tiny } from "../configs/mod.ts";
import { methodOf } from "../methods/mod.ts";
import { numberOf, replace } from "../training/mod.ts";
import { tensorflowTest } from "../testing/permitted.ts";
import { dispose } from "../tree/mod.ts";
import { compileStep, initState, now } from "./mod.ts";

/** The losses of 20 steps on the same noise. */
function lossesIn(precision: "float32" | "bfloat16"): number[] {
  const config: MugsConfig = { ...tiny, batchSize: 8, precision, freezeLastLayer: 0 };
  const { batchSize, globalSize, localSize, localCrops } = config;
  const noise = (views: number, size: number) =>
    tf.randomNormal<tf.Rank.R4>([views * batchSize, size, size, 3], 0, 1, "float32", views);
  const batch = {
    teacher: { images: noise(2, globalSize) },
    student: { images: noise(2, globalSize), weak: tf.ones<tf.Rank.R1>([batchSize]) },
    local: { images: noise(localCrops, localSize) },
  };
  const numbers = methodOf(config).schedules(config, { steps: 20, stepsPerEpoch: 20 });
  using step = compileStep(config);
  let state = initState(config);
  const losses = Array.from({ length: 20 }, (_, i) => {
    const current = now(numbers(i), i, config);
    const [next, facts] = step(state, batch, current);
    const loss = numberOf(facts.losses.total);
    replace(state, next);
    dispose(facts, current);
    state = next;
    return loss;
  });
  dispose(state, batch);
  return losses;
}

tensorflowTest("in bfloat16 the losses of 20 steps are within 1 % of those in float32", () => {
  const [exact, rounded] = [lossesIn("float32"), lossesIn("bfloat16")];
  assertNotEquals(exact, rounded);
  exact.forEach((loss, i) => {
    const off = Math.abs(rounded[i]! / loss - 1);
    assert(off < 0.01, `step ${i}: ${rounded[i]} instead of ${loss}`);
  });
  assert(exact.at(-1)! < exact[0]!, "something is learned meanwhile");
});
