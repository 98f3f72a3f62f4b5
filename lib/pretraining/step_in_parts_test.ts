import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Random } from "../random/mod.ts";
import { sampleConfig } from "../testing/sample_config.ts";
import { tensorflowTest } from "../testing/permitted.ts";
import { dispose, flatten } from "../tree/mod.ts";
import type { MugsConfig } from "../configs/mod.ts";
import type { Batch } from "../datasets/mod.ts";
import { methodOf } from "../methods/mod.ts";
import { numberOf, replace } from "../training/mod.ts";
import { type CompiledStep, compileStep, initState, now, type StepLayout } from "./mod.ts";

const config: MugsConfig = {
  ...sampleConfig,
  dropPath: 0.5,
  localCrops: 3,
  freezeLastLayer: 0,
  normLastLayer: false,
};

function batchOf(
  { batchSize, globalSize, localSize, localCrops }: MugsConfig,
  step: number,
): Batch {
  const random = new Random(`batch ${step}`);
  const views = (count: number, size: number) => {
    const values = Float32Array.from(
      { length: count * batchSize * size ** 2 * 3 },
      () => random.normal(),
    );
    return tf.tensor4d(values, [count * batchSize, size, size, 3]);
  };
  return {
    teacher: { images: views(2, globalSize) },
    student: {
      images: views(2, globalSize),
      weak: tf.tensor1d(Array.from({ length: batchSize }, (_, i) => (i + step) % 3 ? 1 : 0)),
    },
    local: { images: views(localCrops, localSize) },
  };
}

/** The losses of three steps, and all tensors after them. */
function run(config: MugsConfig, layout: StepLayout) {
  using step: CompiledStep = compileStep(config, layout);
  const numbers = methodOf(config).schedules(config, { steps: 4, stepsPerEpoch: 2 });
  let state = initState(config);
  const facts: Record<string, number>[] = [];
  for (let at = 0; at < 3; at++) {
    const [batch, current] = [batchOf(config, at), now(numbers(at), at, config)];
    const [next, { losses, signs, gradientNorm }] = step(state, batch, current);
    replace(state, next);
    state = next;
    const scalars = { ...losses, ...signs, gradientNorm };
    facts.push(
      Object.fromEntries(Object.entries(scalars).map(([name, x]) => [name, numberOf(x)])),
    );
    dispose(batch, current, scalars);
  }
  const tensors = Object.fromEntries(
    Object.entries(flatten(state)).map(([name, x]) => [name, Array.from(x.dataSync())]),
  );
  dispose(state);
  return { facts, tensors };
}

/**
 * Holds two runs against each other. They do the same sums in another order, so they differ by
 * rounding alone: each sum by some float32 epsilons (6e-8) of its largest summands, and these are
 * below 10 here. Measured over all layouts on `cpu` and `tensorflow`: facts differ by 1.3e-6 of
 * their size at most, tensors by 6e-7; the bounds are eight times that.
 *
 * The biases of keys are an exception: softmax does not depend on them, so their gradient is
 * rounding alone, some 1e-11, which AdamW divides by its epsilon of 1e-8. At a rate of 1e-3 a step
 * is then some 1e-6; up to 1e-5 is allowed for each of the three (measured: 3e-6 in all).
 */
function assertSame(actual: ReturnType<typeof run>, expected: ReturnType<typeof run>) {
  const names = ["instance", "localGroup", "group", "total", "targetEntropy", "gradientNorm"];
  for (const [step, facts] of expected.facts.entries()) {
    for (const name of names) {
      const bound = 1e-5 * Math.max(0.5, Math.abs(facts[name]!));
      assertAlmostEquals(actual.facts[step]![name]!, facts[name]!, bound, `${step} ${name}`);
    }
  }
  assertEquals(Object.keys(actual.tensors).sort(), Object.keys(expected.tensors).sort());
  for (const [name, values] of Object.entries(expected.tensors)) {
    const bound = /qkv\.bias$/.test(name) ? 3e-5 : 5e-6;
    values.forEach((value, i) => assertAlmostEquals(actual.tensors[name]![i]!, value, bound, name));
  }
}

const layouts: Record<string, StepLayout> = {
  "in parts": { parts: true },
  "whose parameters move together": { together: true },
  "in parts, whose parameters move together": { together: true, parts: true },
  "whose blocks are run anew for the gradient": { recompute: true },
  "that keeps little for the gradient": { lean: true },
  "of two halves of the batch": { accumulate: 2 },
  "of one image at a time": { accumulate: 4 },
  "of one view at a time": { chunk: 1 },
  "of two views at a time": { chunk: 2 },
  "of all at once": { accumulate: 2, chunk: 2, recompute: true, chains: 2 },
};

for (const [name, layout] of Object.entries(layouts)) {
  Deno.test(`a step ${name} equals a whole one`, async () => {
    await tf.setBackend("cpu");
    assertSame(run(config, layout), run(config, {}));
  });
}

Deno.test("a step in another layout equals a whole one with any optimizer, also while frozen", async () => {
  await tf.setBackend("cpu");
  for (const optimizer of ["sgd", "lars", "adamw"] as const) {
    const other = { ...config, optimizer, freezeLastLayer: 1, normLastLayer: true };
    const expected = run(other, {});
    assertSame(run(other, { accumulate: 2 }), expected);
    assertSame(run(other, { together: true }), expected);
  }
});

tensorflowTest("a step in parts equals a whole one, compiled", () => {
  const expected = run(config, {});
  assertSame(run(config, { recompute: true }), expected);
  assertSame(run(config, { together: true }), expected);
  assertSame(run(config, { lean: true }), expected);
  assertSame(run(config, { together: true, parts: true }), expected);
  assertSame(run(config, { accumulate: 2, chunk: 2, recompute: true }), expected);
});

Deno.test("a step in parts keeps running statistics of the whole batch", async () => {
  await tf.setBackend("cpu");
  const normalized = { ...config, batchNormInHead: true };
  assertSame(run(normalized, { parts: true }), run(normalized, {}));
});

Deno.test("a step in parts leaves one state and nothing else", async () => {
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  run(config, { accumulate: 2, chunk: 1 });
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("a step in parts hands the state back where the loss is not finite", async () => {
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  using step = compileStep(config, { parts: true });
  const state = initState(config), batch = batchOf(config, 0);
  const { student } = batch;
  const images = tf.fill<tf.Rank.R4>(student!.images.shape, NaN);
  const broken = { ...batch, student: { ...student, images } };
  const current = now(
    methodOf(config).schedules(config, { steps: 4, stepsPerEpoch: 2 })(0),
    0,
    config,
  );
  const [next, facts] = step(state, broken, current);
  assert(next === state && Object.values(flatten(state)).every(({ isDisposed }) => !isDisposed));
  assert(Number.isNaN(numberOf(facts.losses.total)));
  dispose(state, batch, images, current, facts);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("compileStep() refuses parts into which the batch cannot be cut", () => {
  assertThrows(() => compileStep(config, { accumulate: 3 }), RangeError, "1 are left over");
  const normalized = { ...config, batchNormInHead: true };
  assertThrows(() => compileStep(normalized, { chunk: 2 }), RangeError, "choose one");
});
