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
  const told: Record<string, number>[] = [];
  for (let at = 0; at < 3; at++) {
    const [batch, current] = [batchOf(config, at), now(numbers(at), at, config)];
    const [next, facts] = step(state, batch, current);
    replace(state, next);
    state = next;
    told.push(
      Object.fromEntries(
        Object.entries({ ...facts.losses, ...facts.signs, gradientNorm: facts.gradientNorm })
          .map(([name, x]) => [name, numberOf(x)]),
      ),
    );
    dispose(batch, current, facts);
  }
  const tensors = Object.fromEntries(
    Object.entries(flatten(state)).map(([name, x]) => [name, Array.from(x.dataSync())]),
  );
  dispose(state);
  return { told, tensors };
}

function assertSame(found: ReturnType<typeof run>, expected: ReturnType<typeof run>) {
  expected.told.forEach((facts, at) => {
    for (
      const name of ["instance", "localGroup", "group", "total", "targetEntropy", "gradientNorm"]
    ) {
      assertAlmostEquals(
        found.told[at]![name]!,
        facts[name],
        Math.max(5e-6, 1e-5 * Math.abs(facts[name]!)), // five places
        `${at} ${name}`,
      );
    }
  });
  assertEquals(Object.keys(found.tensors).sort(), Object.keys(expected.tensors).sort());
  for (const [name, values] of Object.entries(expected.tensors)) {
    // AdamW divides by the size of the gradient, which for the bias of keys is rounding alone.
    const bound = /qkv\.bias$/.test(name) ? 1e-3 : 2e-5;
    values.forEach((value, i) => assertAlmostEquals(found.tensors[name]![i]!, value, bound, name));
  }
}

const layouts: Record<string, StepLayout> = {
  "in parts": { parts: true },
  "whose blocks are run anew for the gradient": { recompute: true },
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

Deno.test("a step in parts equals a whole one with any optimizer, also while frozen", async () => {
  await tf.setBackend("cpu");
  for (const optimizer of ["sgd", "lars", "adamw"] as const) {
    const other = { ...config, optimizer, freezeLastLayer: 1, normLastLayer: true };
    assertSame(run(other, { accumulate: 2 }), run(other, {}));
  }
});

tensorflowTest("a step in parts equals a whole one, compiled", () => {
  const expected = run(config, {});
  assertSame(run(config, { recompute: true }), expected);
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
