/**
 * Whether a long run leaks or stalls: `deno run -P lib/bench/steady.ts [STEPS] [small|tiny]`.
 *
 * Pre-trains on the granules and prints a line of JSON: what the process held after the first steps, when all images had been
 * seen, and at the end, and the part of the time in which the step waited for its data. Run it with 2,000 steps of the small
 * model to look for leaks, and with 200 of the preset `tiny` for the waiting.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { use } from "../compile/mod.ts";
import { presets, tiny } from "../configs/mod.ts";
import { granules } from "../datasets/mod.ts";
import { compileStep, pretrain, threads } from "../training/mod.ts";
import { dispose, type Tree } from "../tree/mod.ts";

/** What a process holds. */
export type Held = {
  /** Tensors that TensorFlow.js knows. */
  tensors: number;
  /** Handles in TensorFlow. */
  handles: number;
  /** Bytes of memory. */
  resident: number;
};

/** What is printed. */
export type Steadiness = {
  steps: number;
  /** Where tensors and handles were not as many after a step as after the first one: that step, from 1. */
  changed: number | null;
  first: Held;
  settled: Held;
  last: Held;
  /** By how much the largest memory in the second half after settling is above that in the first half. */
  growth: number;
  waitShare: number;
  imagesPerSecond: number;
};

/** The preset `tiny`, as it is but for its sizes. */
const small = {
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
  const { binding } = tf.backend() as unknown as { binding: { getNumOfTensors(): number } };
  return {
    tensors: tf.memory().numTensors,
    handles: binding.getNumOfTensors(),
    resident: Deno.memoryUsage().rss,
  };
}

async function steadiness(steps: number, config: typeof small): Promise<Steadiness> {
  await use("tensorflow", threads(config).runtime);
  using step = compileStep(config, threads(config).step);
  const { train } = granules({ train: config.batchSize * Math.ceil(steps / 10), test: 0 });
  const found: Held[] = [];
  const paces: { waitShare: number; imagesPerSecond: number }[] = [];
  let last: Tree = [];
  for await (const { state, ...fact } of pretrain(train, { ...config, steps }, { step })) {
    found.push(held());
    paces.push(fact);
    last = state;
  }
  dispose(last);
  const from = Math.ceil(steps / 10); // an epoch: images have been drawn, and are in memory from then on
  const settled = found.slice(from);
  const half = settled.length >> 1;
  const most = (of: Held[]) => Math.max(...of.map(({ resident }) => resident));
  const changed = found.findIndex(({ tensors, handles }) =>
    tensors !== found[0].tensors || handles !== found[0].handles
  );
  const mean = (name: "waitShare" | "imagesPerSecond") =>
    paces.slice(from).reduce((sum, pace) => sum + pace[name], 0) / (paces.length - from);
  return {
    steps,
    changed: changed < 0 ? null : changed + 1,
    first: found[0],
    settled: settled[0],
    last: found.at(-1)!,
    growth: most(settled.slice(half)) / most(settled.slice(0, half)) - 1,
    waitShare: mean("waitShare"),
    imagesPerSecond: mean("imagesPerSecond"),
  };
}

if (import.meta.main) {
  const [steps = "2000", model = "small"] = Deno.args;
  const config = model === "tiny" ? { ...presets.tiny } as typeof small : small;
  console.log(JSON.stringify(await steadiness(Number(steps), config)));
}
