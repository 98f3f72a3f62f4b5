import { assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { fact } from "../testing/sample_fact.ts";
import { saving } from "../training/mod.ts";
import { withScores } from "./with_scores.ts";

/** A training of some steps, each of which uses up the state before. */
async function* steps(count: number) {
  let step = tf.scalar(0, "int32");
  for (let i = 1; i <= count; i++) {
    step.dispose();
    step = tf.scalar(i, "int32");
    yield { ...fact, step: i, steps: count, state: { step } };
  }
}

Deno.test("withScores() scores every so many states, and the last one", async () => {
  await tf.setBackend("cpu");
  const score = ({ step }: { step: number }) => Promise.resolve({ top1: 10 * step });
  const scored: unknown[] = [];
  for await (const fact of withScores(steps(5), { every: 2, score })) {
    scored.push("top1" in fact ? fact.top1 : null);
    if (fact.step === 5) fact.state.step.dispose();
  }
  assertEquals(scored, [null, 20, null, 40, 50]);
});

Deno.test("why a state cannot be scored is told, and no state is saved or left", async () => {
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  const score = () => Promise.reject(new RangeError("Cannot use the labels of a.png"));
  const save = () => Promise.reject(new Error("saved"));
  const facts = saving(withScores(steps(2), { every: 2, score }), { save });
  await assertRejects(() => Array.fromAsync(facts), RangeError, "Cannot use the labels of a.png");
  assertEquals(tf.memory().numTensors, before);
});
