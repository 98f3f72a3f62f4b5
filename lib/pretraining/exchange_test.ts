import { assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import type { Config, MugsConfig } from "../configs/mod.ts";
import { inProcesses } from "../testing/in_processes.ts";
import { tensorflowTest } from "../testing/permitted.ts";
import { setting } from "../testing/setting.ts";
import { runShared, type SharedResult, type SharedRun } from "../testing/shared_run.ts";

// Adam moves what has no gradient, such as a bias before a batch normalization, by the signs of
// rounding; by plain gradients it stays.
const changes: Partial<Config> = {
  batchSize: 8,
  optimizer: "sgd",
  learningRate: 0.003,
  clipGradient: 3,
};
const steps = 20;
const shared: SharedRun = { method: "mugs", preset: "tiny", steps, changes };
/** With plain heads, so that a batch can be cut. */
const plain: Partial<MugsConfig> = { ...changes, batchNormInHead: false };
const mugs: SharedRun = { ...shared, changes: plain };

/** Mugs in parts, which ends early and leaves its state. */
const inParts = (path: string): SharedRun => ({
  ...mugs,
  layout: { parts: true, accumulate: 2 },
  pause: { step: 4, path },
});

/** Mugs whose gradients are rounded on their way. */
const rounded: SharedRun = { ...mugs, steps: 4, layout: { exchangePrecision: "bfloat16" } };

/** Of each kind of exchange at least one method; `MUGS_ALL_METHODS=1` is for a sitting. */
const others: SharedRun[] = [
  { ...shared, steps: 4 },
  { ...shared, method: "dino" },
  // Where a rectifier's input is all but zero, rounding decides whether its unit learns.
  { ...shared, method: "dino", preset: "tiny_resnet", steps: 2 },
  { ...shared, method: "ibot" },
  { ...shared, method: "moco_v3" },
  { ...shared, method: "swav" },
  // Of these rounding grows fast from step to step. This one clusters before its first step.
  { ...shared, method: "deepcluster_v2", steps: 4 },
  ...setting("MUGS_ALL_METHODS", "")
    ? ["simclr", "byol", "simsiam", "info_min"]
      .map((method) => ({ ...shared, method, steps: 4 }))
    : [],
];

/** How far a run may be from another one, where its numbers are 1 or below. */
const near = { losses: 1e-5, state: 1e-4 };

/** Holds the losses and the state of one run against those of another. */
function assertClose(
  shared: SharedResult,
  alone: SharedResult,
  { name, within = near }: { name: string; within?: typeof near },
): void {
  assertEquals(shared.losses.length, alone.losses.length);
  for (const [step, losses] of alone.losses.entries()) {
    for (const [key, loss] of Object.entries(losses)) {
      const tolerance = within.losses * Math.max(1, Math.abs(loss));
      assertAlmostEquals(shared.losses[step]![key]!, loss, tolerance, `${name}: ${key}, ${step}`);
    }
  }
  assertEquals(Object.keys(shared.state), Object.keys(alone.state));
  for (const [key, values] of Object.entries(alone.state)) {
    const tolerance = within.state * Math.max(1, ...values.map(Math.abs));
    for (const [i, value] of values.entries()) {
      assertAlmostEquals(shared.state[key]![i]!, value, tolerance, `${name}: ${key}, ${i}`);
    }
  }
}

/** Holds a run whose gradients were rounded on their way against one of which none were. */
function assertRounded(shared: SharedResult, alone: SharedResult): void {
  const student = ({ losses, state }: SharedResult) => ({
    losses,
    state: Object.fromEntries(
      Object.entries(state).filter(([key]) => key.startsWith("learner.student.")),
    ),
  });
  // By momentum four steps add ten gradients, each of length 3 and off by 2^-8 of it at most.
  const within = { losses: 1e-3, state: 10 * 3 * 2 ** -8 * 0.003 };
  assertClose(student(shared), student(alone), { name: "rounded gradients", within });
  const distances = Object.entries(student(alone).state).flatMap(([key, values]) =>
    values.map((value, i) => Math.abs(value - shared.state[key]![i]!))
  );
  assertGreater(Math.max(...distances), 1e-6);
}

tensorflowTest(
  "two processes with half of every batch do what one does with all of it",
  async () => {
    const path = await Deno.makeTempFile({ suffix: ".safetensors" });
    const runs = [mugs, inParts(path), ...others, rounded];
    const [first, second] = await inProcesses<SharedResult[]>(2, "shared_run.ts", runs);
    const continued = await runShared({ ...mugs, from: path });
    const alone = await runShared(mugs);
    const rest = { ...alone, losses: alone.losses.slice(4) };
    assertClose(continued, rest, { name: "one process that goes on with what two have begun" });
    for (const [i, run] of runs.entries()) {
      const name = `${run.method}, ${run.preset}`;
      assertEquals(second![i], first![i], `${name}: both processes have the same numbers`);
      const expected = i === 0 ? alone : await runShared({ ...run, layout: {} });
      if (run !== rounded) assertClose(first![i]!, expected, { name });
      else assertRounded(first![i]!, expected);
    }
    await Deno.remove(path);
  },
);
