import { assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { fact } from "../testing/sample_fact.ts";
import { saving } from "./saving.ts";

/** Steps that take some milliseconds each. */
async function* steps(count: number, milliseconds: number) {
  const state = { step: tf.scalar(0) };
  for (let step = 1; step <= count; step++) {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    yield { ...fact, step, steps: count, state };
  }
}

Deno.test("saving() saves a young run before the time between checkpoints is over", async () => {
  const { now } = performance;
  let step = 0;
  performance.now = () => 50 * step; // milliseconds: a step takes 50
  try {
    const saved: number[] = [];
    const save = () => Promise.resolve(void saved.push(step + 1));
    const facts = saving(steps(6, 0), { save, every: 1000, first: 0.12 });
    for await (const fact of facts) step = fact.step;
    assertEquals([saved.length, saved[1]], [2, 6]);
    assertEquals(saved[0]! >= 2 && saved[0]! <= 5, true, `saved after step ${saved[0]}`);
  } finally {
    performance.now = now;
  }
});

Deno.test("saving() saves the first time within half a minute by default", async () => {
  const { now } = performance;
  let seconds = 0;
  performance.now = () => 1000 * seconds;
  try {
    const saved: number[] = [];
    const save = () => Promise.resolve(void saved.push(seconds));
    for await (const { step } of saving(steps(400, 0), { save })) seconds = step;
    assertEquals(saved[0]! <= 30, true, `saved at ${saved[0]} s`);
    assertEquals(saved.slice(1, 4).every((time, i) => time - saved[i]! === 120), true, `${saved}`);
  } finally {
    performance.now = now;
  }
});

Deno.test("saving() saves the state before an error, unless the step after it has used it up", async () => {
  for (const usesUp of [false, true]) {
    const saved: number[] = [];
    const save = ({ step }: { step: tf.Scalar }) =>
      Promise.resolve(void saved.push(...step.dataSync()));
    const broken = async function* () {
      for await (const fact of steps(1, 0)) {
        yield { ...fact, steps: 3 };
        if (usesUp) fact.state.step.dispose();
      }
      throw new Error("An image cannot be read");
    };
    const facts = saving(broken(), { save });
    await assertRejects(() => Array.fromAsync(facts), Error, "An image cannot be read");
    assertEquals(saved, usesUp ? [] : [0]);
  }
});
