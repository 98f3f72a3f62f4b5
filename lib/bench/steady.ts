/**
 * Whether a long run leaks or stalls: `deno run -P lib/bench/steady.ts [STEPS] [small|tiny]`.
 *
 * Pre-trains on the granules and prints a line of JSON: what the process held after the first step
 * and at the end, by how much its memory grew, and the share of the time in which the step waited
 * for its data. To look for leaks, run it with `--v8-flags=--gc-global`, since V8's heaps grow for
 * 1,500 steps before they settle; to look at the waiting, with 200 steps of the preset `tiny`.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { use } from "../compile/mod.ts";
import { type MugsConfig, tiny } from "../configs/mod.ts";
import { granules } from "../datasets/mod.ts";
import { compileStep, deviceLayout, execution, pretrain } from "../pretraining/mod.ts";
import type { TensorFlowBackend } from "../tensorflow/mod.ts";
import { dispose, type Tree } from "../tree/mod.ts";
import { median } from "./alternate.ts";

/** What a process holds. */
export type Held = {
  /** Tensors that TensorFlow.js knows. */
  tensors: number;
  /** Handles in TensorFlow. */
  handles: number;
  /** Bytes of memory. */
  resident: number;
};

/** The result that is printed. */
export type Steadiness = {
  steps: number;
  /** The first step, from 1, after which there were not as many tensors and handles as at first. */
  changed: number | null;
  first: Held;
  last: Held;
  /** Median bytes of memory in the second tenth of the steps, after the first epoch. */
  settled: number;
  /** The growth of that median up to the last tenth, as a share. */
  growth: number;
  waitShare: number;
  imagesPerSecond: number;
};

/** The preset `tiny` with smaller sizes. */
const small: MugsConfig = {
  ...tiny,
  batchSize: 16,
  width: 32,
  depth: 2,
  headHidden: 32,
  predictorHidden: 32,
  prototypes: 64,
  instanceQueue: 256,
  localGroupQueue: 256,
  memory: 256,
};

function held(): Held {
  const { binding } = tf.backend() as TensorFlowBackend;
  return {
    tensors: tf.memory().numTensors,
    handles: binding.getNumOfTensors(),
    resident: Deno.memoryUsage().rss,
  };
}

async function steadiness(steps: number, config: MugsConfig): Promise<Steadiness> {
  await use("tensorflow", execution(config).runtime);
  using step = compileStep(config, deviceLayout(config));
  const tenth = Math.ceil(steps / 10);
  // The first tenth is one epoch, in which the images are drawn.
  const { train } = granules({ train: config.batchSize * tenth, test: 0 });
  const resident = new Float64Array(steps); // allocated first: measuring must not look like growth
  let first: Held | null = null, last: Held | null = null;
  let changed: number | null = null, waited = 0, speed = 0;
  let newest: Tree = [];
  for await (const { state, ...fact } of pretrain(train, { ...config, steps }, { step })) {
    newest = state;
    last = held();
    first ??= last;
    if (last.tensors !== first.tensors || last.handles !== first.handles) changed ??= fact.step;
    resident[fact.step - 1] = last.resident;
    if (fact.step <= tenth) continue;
    waited += fact.waitShare / (steps - tenth);
    speed += fact.imagesPerSecond / (steps - tenth);
  }
  dispose(newest);
  const settled = median(resident.subarray(tenth, 2 * tenth));
  return {
    steps,
    changed,
    first: first!,
    last: last!,
    settled,
    growth: median(resident.subarray(-tenth)) / settled - 1,
    waitShare: waited,
    imagesPerSecond: speed,
  };
}

if (import.meta.main) {
  const [steps = "2000", model = "small"] = Deno.args;
  const config = model === "tiny" ? tiny : small;
  console.log(JSON.stringify(await steadiness(Number(steps), config)));
}
