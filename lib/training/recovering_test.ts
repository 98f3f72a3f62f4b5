import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { fact } from "../testing/sample_fact.ts";
import { Diverged } from "./diverged.ts";
import { recovering, type Start } from "./recovering.ts";
import type { TrainingState } from "./state.ts";

const at = (step: number) => ({ step: tf.scalar(step, "int32") }) as TrainingState;

/**
 * A training of nine steps that diverges at some batches of the data's order; those before them are
 * noted.
 */
function training(bad: number[], visits: number[]) {
  return async function* ({ state, passedOver }: Start<TrainingState>) {
    for (let step = await state.step.data().then(([step]) => step!); step < 9; step++) {
      const batch = step + passedOver;
      if (bad.includes(batch)) throw new Diverged({ step, tensor: "x" });
      visits.push(batch);
      yield { ...fact, step: step + 1, state: at(step + 1) };
    }
  };
}

/** Trains, with a checkpoint at step 3, from the beginning. */
async function run(bad: number[], times: number) {
  const visits: number[] = [], lines: string[] = [], steps: number[] = [];
  const back = () => Promise.resolve({ state: at(3), passedOver: 0 });
  const options = { back, times, tell: (line: string) => lines.push(line) };
  const first = { state: at(0), passedOver: 0 };
  for await (const { step } of recovering(training(bad, visits), first, options)) steps.push(step);
  return { visits, lines, steps };
}

Deno.test("recovering() goes back to the checkpoint and passes over what broke it", async () => {
  await tf.setBackend("cpu");
  const { visits, lines, steps } = await run([5], 1);
  assertEquals(visits, [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11]);
  assertEquals(steps, [1, 2, 3, 4, 5, 4, 5, 6, 7, 8, 9]);
  assertEquals(lines.length, 1);
  assertStringIncludes(lines[0]!, "Going back to step 3, and past 3 batches of the data");
});

Deno.test("recovering() gives up after so many times, and says what to do", async () => {
  await tf.setBackend("cpu");
  const { message } = await assertRejects(() => run([5, 6, 7, 8, 9], 2), Diverged);
  assertStringIncludes(message, "It was tried 3 times: lower the learning rate");
});
