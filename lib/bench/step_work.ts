import * as tf from "@tensorflow/tfjs";
import { use } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import type { Batch } from "../datasets/mod.ts";
import { methodOf } from "../methods/mod.ts";
import { compileStep, deviceLayout, execution, initState, now } from "../pretraining/mod.ts";
import { numberOf, replace } from "../training/mod.ts";
import { countViews } from "../transforms/mod.ts";
import { dispose } from "../tree/mod.ts";
import { measuredPresets, type Prepared, type Setting } from "./task.ts";

/** Training steps of a preset on views that lie in memory: `pretrain` without making the views. */
export async function stepWork(
  { preset, batchSize, precision, device, threads: processors }: Setting,
): Promise<Prepared> {
  const config: Config = { ...measuredPresets[preset], batchSize, precision };
  const { runtime } = execution(config, processors);
  const threads = { intraOpThreads: processors, interOpThreads: processors };
  await use("tensorflow", { ...threads, ...runtime, device });
  const step = compileStep(config, deviceLayout(config, { processors }));
  const batch = views(config);
  const numbers = methodOf(config).schedules(config, { steps: 1000, stepsPerEpoch: 20 });
  let state = initState(config);
  let at = 0;
  return {
    items: batchSize,
    once() {
      // In the middle of a run, where nothing is frozen.
      const current = now(numbers(500 + at), at++, config);
      const [next, facts] = step(state, batch, current);
      numberOf(facts.losses.total); // waits for the step
      replace(state, next);
      dispose(facts, current);
      state = next;
    },
  };
}

/** The views that the method wants of a batch; every other image is weakly augmented. */
function views(config: Config): Batch {
  const { batchSize } = config;
  const batch: Batch = {};
  for (const group of methodOf(config).views(config)) {
    if ("same" in group) {
      batch[group.name] = { images: batch[group.same]!.images.clone() };
      continue;
    }
    const { name, size, strong } = group;
    const weak = Float32Array.from({ length: batchSize }, (_, i) => 1 - i % 2);
    batch[name] = {
      images: tf.randomNormal([countViews(group) * batchSize, size, size, 3]),
      ...strong?.together && { weak: tf.tensor1d(weak) },
    };
  }
  return batch;
}
