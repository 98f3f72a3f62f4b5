import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { DinoConfig } from "../../configs/mod.ts";
import type { Batch } from "../../datasets/mod.ts";
import { compileStep, initState, now, type StepLayout } from "../../pretraining/mod.ts";
import { Random } from "../../random/mod.ts";
import { dinoSample, dinoSampleResnet } from "../../testing/dino_sample.ts";
import { numberOf, replace } from "../../training/mod.ts";
import { dispose, flatten } from "../../tree/mod.ts";
import { methodOf } from "../mod.ts";

/** Noise in place of a batch. */
function batchOf(config: DinoConfig, step: number): Batch {
  const random = new Random(`batch ${step}`);
  const views = (count: number, size: number) => {
    const shape: [number, number, number, number] = [count * config.batchSize, size, size, 3];
    return { images: tf.tensor4d(random.normals(shape.reduce((a, b) => a * b)), shape) };
  };
  return { global: views(2, config.globalSize), local: views(config.localCrops, config.localSize) };
}

/** The losses of three steps, and the tensors after them. */
function run(config: DinoConfig, layout: StepLayout) {
  using step = compileStep(config, layout);
  const numbers = methodOf(config).schedules(config, { steps: 4, stepsPerEpoch: 2 });
  let state = initState(config);
  const losses: number[] = [];
  for (let at = 0; at < 3; at++) {
    const [batch, current] = [batchOf(config, at), now(numbers(at), at, config)];
    const [next, facts] = step(state, batch, current);
    replace(state, next);
    state = next;
    losses.push(numberOf(facts.losses.total));
    dispose(batch, current, facts.losses, facts.signs, facts.gradientNorm);
  }
  const tensors = Object.fromEntries(
    Object.entries(flatten(state)).map(([name, x]) => [name, Array.from(x.dataSync())]),
  );
  dispose(state);
  return { losses, tensors };
}

for (const layout of [{ parts: true }, { accumulate: 2 }, { chunk: 1 }, { recompute: true }]) {
  Deno.test(`a step of DINO with ${JSON.stringify(layout)} equals a whole one`, async () => {
    await tf.setBackend("cpu");
    const [cut, whole] = [run(dinoSample, layout), run(dinoSample, {})];
    for (const [at, loss] of whole.losses.entries()) {
      assertAlmostEquals(cut.losses[at]!, loss, 1e-5);
    }
    assertEquals(Object.keys(cut.tensors).sort(), Object.keys(whole.tensors).sort());
    for (const [name, values] of Object.entries(whole.tensors)) {
      // AdamW divides by the size of the gradient, which for the bias of keys is rounding alone.
      const bound = name.endsWith("qkv.bias") ? 1e-3 : 3e-5;
      for (const [i, value] of values.entries()) {
        assertAlmostEquals(cut.tensors[name]![i]!, value, bound, name);
      }
    }
  });
}

Deno.test("a step of DINO leaves one state and nothing else", async () => {
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  for (const config of [dinoSample, dinoSampleResnet]) run(config, {});
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("a step of DINO that normalizes by batch is not cut", () => {
  const refuse = (config: DinoConfig) => () => compileStep(config, { accumulate: 2 });
  assertThrows(refuse({ ...dinoSample, batchNormInHead: true }), RangeError, "in the head");
  assertThrows(refuse(dinoSampleResnet), RangeError, "in the backbone");
});
