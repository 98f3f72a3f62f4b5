import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Sample } from "../datasets/mod.ts";
import { Random } from "../random/mod.ts";
import { sampleConfig as config } from "../testing/sample_config.ts";
import { permittedTest } from "../testing/permitted.ts";
import { dispose, flatten } from "../tree/mod.ts";
import type { Config } from "../configs/mod.ts";
import type { MugsState } from "../methods/mugs/state.ts";
import { Diverged, saving, stepsIn } from "../training/mod.ts";
import {
  type CompiledStep,
  compileStep,
  initState,
  openState,
  pretrain,
  restoreState,
  saveState,
  type State,
  trialOf,
} from "./mod.ts";

/** Images of noise, each of a color of its own. */
const samples: Sample[] = Array.from({ length: 8 }, (_, i) => ({
  id: `${i}`,
  labels: { class: i % 2 },
  read: () => {
    const random = new Random(i);
    const data = Uint8Array.from({ length: 16 * 16 * 3 }, (_, j) =>
      (40 * i * (j % 3 + 1) +
        random.integer(40)) % 256);
    return Promise.resolve({ width: 16, height: 16, data });
  },
}));

async function run(config: Config, state?: State) {
  const facts = [];
  let last: State | undefined;
  for await (const { state: next, ...fact } of pretrain(samples, config, { workers: 0, state })) {
    facts.push(fact);
    last = next;
  }
  return { facts, state: last! };
}

Deno.test("pretrain() tells of every step and ends with the run", async () => {
  await tf.setBackend("cpu");
  const { facts, state } = await run(config);
  assertEquals(facts.map(({ step }) => step), [1, 2, 3, 4]);
  assertEquals(facts.at(-1)!.epoch, 2);
  assert(facts.every(({ losses, signs }) => Number.isFinite(losses.total) && signs.spread! > 0));
  dispose(state);
});

Deno.test("pretrain() is the same for the same seed and another for another", async () => {
  await tf.setBackend("cpu");
  const losses = async (seed: number) =>
    (await run({ ...config, seed })).facts.map(({ losses }) => losses.total);
  const [a, b, c] = [await losses(1), await losses(1), await losses(2)];
  assertEquals(a, b);
  assert(a[0] !== c[0]);
});

Deno.test("pretrain() keeps no more than one state alive", async () => {
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  const { state } = await run(config);
  dispose(state);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("pretrain() stops at a loss that is not finite and leaves the state before", async () => {
  await tf.setBackend("cpu");
  const broken = initState(config) as State<MugsState>;
  const center = tf.fill([1, config.prototypes], NaN);
  const state = { ...broken, buffers: { ...broken.buffers, center } };
  await assertRejects(
    () => run(config, state),
    Diverged,
    'in step 1: the loss "group" is NaN; the first tensor with a number that is not finite is ' +
      '"buffers.center" of the state before it',
  );
  assertEquals(state.step.isDisposed, false);
});

Deno.test("pretrain() names the norm of gradients where it alone is not finite", async () => {
  await tf.setBackend("cpu");
  using step = compileStep(config);
  const infinite = ((...args) => {
    const [next, facts] = step(...args);
    return [next, { ...facts, gradientNorm: facts.gradientNorm.mul(Infinity) }];
  }) as CompiledStep;
  await assertRejects(
    () => pretrain(samples, config, { step: infinite, workers: 0 }).next(),
    Diverged,
    "in step 1: the norm of the gradients is Infinity; the first tensor with a number that is not " +
      "finite is none that is found when the step is repeated",
  );
});

Deno.test("pretrain() refuses to train without images", async () => {
  await assertRejects(() => pretrain([], config).next(), RangeError, "0 images");
});

permittedTest(
  "a run goes on from its checkpoint as if it had not stopped",
  ["read", "write"],
  async () => {
    await tf.setBackend("cpu");
    const path = await Deno.makeTempFile({ suffix: ".safetensors" });
    try {
      const whole = await run(config);
      const facts = pretrain(samples, config, { workers: 0 });
      const save = (state: State) => saveState(path, state, { config });
      for await (const fact of saving(facts, { save, every: 0 })) {
        if (fact.step === 2) break;
      }
      const stored = openState(path);
      assertEquals(stored.config, config);
      const rest = await run(stored.config, restoreState(stored));
      assertEquals(
        rest.facts.map(({ losses }) => losses.total),
        whole.facts.slice(2).map(({ losses }) => losses.total),
      );
      const [a, b] = [flatten(whole.state), flatten(rest.state)];
      for (const name of Object.keys(a)) {
        assertEquals([name, b[name]!.dataSync()], [
          name,
          a[name]!.dataSync(),
        ]);
      }
    } finally {
      await Deno.remove(path);
    }
  },
);

permittedTest(
  "a run that breaks off leaves the state before the step that failed",
  ["read", "write"],
  async () => {
    await tf.setBackend("cpu");
    const path = await Deno.makeTempFile({ suffix: ".safetensors" });
    const breaking = async function* () {
      for await (const fact of pretrain(samples, config, { workers: 0 })) {
        yield fact;
        if (fact.step === 2) throw new Error("the loss is NaN");
      }
    };
    try {
      const save = (state: State) => saveState(path, state, { config });
      const steps = saving(breaking(), { save });
      await assertRejects(() => Array.fromAsync(steps), Error, "the loss is NaN");
      assertEquals(restoreState(openState(path)).step.dataSync()[0], 2);
    } finally {
      await Deno.remove(path);
    }
  },
);

Deno.test("stepsIn() measures fewer steps where they take too long", async () => {
  await tf.setBackend("cpu");
  using step = compileStep(config);
  let calls = 0;
  const counted = ((...args) => (calls++, step(...args))) as CompiledStep;
  const calledWithin = async (minutes: number) => {
    calls = 0;
    const trial = trialOf(samples, config, { step: counted, workers: 0 });
    await stepsIn({ minutes, start: performance.now() }, trial);
    return calls;
  };
  assertEquals(await calledWithin(0), 2);
  assertEquals(await calledWithin(1000), 15);
});

Deno.test("stepsIn() fits more steps into more minutes, and at least one", async () => {
  await tf.setBackend("cpu");
  using step = compileStep(config);
  const within = (minutes: number) =>
    stepsIn({ minutes, start: performance.now() }, trialOf(samples, config, { step, workers: 0 }));
  const [none, some, more] = [await within(0), await within(1), await within(100)];
  assertEquals(none, 1);
  assert(more > 10 * some, `${some} and ${more}`);
});
