import * as tf from "@tensorflow/tfjs";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { type DeepclusterV2Config, recipes } from "../configs/mod.ts";
import type { Sample } from "../datasets/mod.ts";
import { methods } from "../methods/mod.ts";
import type { DeepclusterV2State } from "../methods/deepcluster_v2/state.ts";
import { normalize } from "../nn/mod.ts";
import { Random } from "../random/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { collapse } from "../training/mod.ts";
import { dispose, flatten, type Tree } from "../tree/mod.ts";
import {
  betweenEpochs,
  gradients,
  initState,
  now,
  openState,
  pretrain,
  restoreState,
  saveState,
  type State,
  surveySeconds,
} from "./mod.ts";

/** A run of three epochs of two steps, one image of each of which is left out. */
const config: DeepclusterV2Config = {
  ...recipes.deepcluster_v2.presets.tiny!,
  ...{ preset: "narrow", precision: "float32", imageSize: 16, patchSize: 8, width: 8, depth: 1 },
  ...{ heads: 2, headHidden: 8, headOut: 4, clusters: [4, 3], globalSize: 16, localSize: 8 },
  ...{ localCrops: 1, batchSize: 3, epochs: 3 },
};

/** Images of noise, each of a color of its own. */
const samples: Sample[] = Array.from({ length: 7 }, (_, i) => ({
  id: `${i}`,
  labels: {},
  read: () => {
    const random = new Random(i);
    const data = Uint8Array.from(
      { length: 16 * 16 * 3 },
      (_, j) => (40 * i * (j % 3 + 1) + random.integer(40)) % 256,
    );
    return Promise.resolve({ width: 16, height: 16, data });
  },
}));

/** The states after all steps, as numbers; the run continues from a state where there is one. */
async function statesOf(state?: State, visit = (_: State) => Promise.resolve()) {
  const states: unknown[] = [];
  let last: State | undefined;
  for await (const fact of pretrain(samples, config, { workers: 0, state })) {
    last = fact.state;
    states.push(valuesOf(last));
    await visit(last);
  }
  dispose(last!);
  return states;
}

const valuesOf = (tree: Tree) =>
  Object.entries(flatten(tree)).map(([name, tensor]) => [name, Array.from(tensor.dataSync())]);

permittedTest(
  "a run with work between epochs can be resumed at their borders and within them",
  ["read", "write"],
  async () => {
    await tf.setBackend("cpu");
    const path = await Deno.makeTempFile({ suffix: ".safetensors" });
    const tensors = tf.memory().numTensors;
    const whole = await statesOf();
    assertEquals(whole.length, 6);
    for (const step of [1, 2, 3, 4]) {
      const save = async (state: State) => {
        if (state.step.dataSync()[0] === step) await saveState(path, state, { config });
      };
      await statesOf(undefined, save);
      assertEquals(await statesOf(restoreState(openState(path))), whole.slice(step));
    }
    assertEquals(tf.memory().numTensors, tensors);
    await Deno.remove(path);
  },
);

Deno.test("the memory holds what an epoch saw, and the next one has clusters of it", async () => {
  await tf.setBackend("cpu");
  const states: { memory: number[][][]; index: number[]; assignments: number[][] }[] = [];
  const visit = ({ buffers }: State) => {
    const { memory, index, assignments } = buffers as DeepclusterV2State["buffers"];
    states.push({
      memory: memory.arraySync(),
      index: index.arraySync(),
      assignments: assignments.arraySync(),
    });
    return Promise.resolve();
  };
  await statesOf(undefined, visit);
  for (const [step, { memory, index, assignments }] of states.entries()) {
    assertEquals(memory.length, config.memoryViews.length);
    for (const row of memory.flat()) assert(Math.abs(Math.hypot(...row) - 1) < 1e-5);
    for (const [set, labels] of assignments.entries()) {
      assert(labels.every((label) => label === -100 || label < config.clusters[set]!));
      assertEquals(labels.filter((label) => label === -100).length, 1);
    }
    const last = states[step - 1];
    if (!last) continue;
    if (step % 2 === 1) { // the last step of an epoch
      assertEquals(new Set(index).size, 6);
      assertEquals(assignments, last.assignments);
    } else {
      const labeled = assignments[0]!.flatMap((label, image) => label === -100 ? [] : [image]);
      assertEquals(labeled, last.index.toSorted((a, b) => a - b));
    }
  }
});

Deno.test("clusters of embeddings that are all the same are told as a collapse", async () => {
  await tf.setBackend("cpu");
  const state = initState(config, samples.length) as State<DeepclusterV2State>;
  const { buffers } = state;
  const index = tf.tensor1d([6, 1, 2, 3, 4, 5], "int32");
  const signsOf = (memory: tf.Tensor3D) => {
    const ready = betweenEpochs({ ...state, buffers: { ...buffers, memory, index } }, 0, {
      config,
    });
    const images = tf.randomNormal<tf.Rank.R4>([6, 16, 16, 3], 0, 1, "float32", 1);
    const small = tf.randomNormal<tf.Rank.R4>([3, 8, 8, 3], 0, 1, "float32", 2);
    const rows = tf.tensor1d([0, 3, 6], "int32"); // the image 0 is not remembered
    const batch = { global: { images, rows }, local: { images: small } };
    const numbers = methods.deepcluster_v2.schedules(config, { steps: 6, stepsPerEpoch: 2 })(0);
    const { signs } = gradients(ready, batch, { now: now(numbers, 0, config), config });
    // Features of a network that has not learned are nearly the same: only clusters are looked at.
    const { targetEntropy, prototypeEntropy } = signs as Record<string, tf.Scalar>;
    return {
      targetEntropy: targetEntropy!.dataSync()[0]!,
      prototypeEntropy: prototypeEntropy!.dataSync()[0]!,
    };
  };
  const random = tf.randomNormal<tf.Rank.R3>(buffers.memory.shape, 0, 1, "float32", 3);
  const sound = signsOf(normalize(random));
  assertAlmostEquals(sound.prototypeEntropy, Math.LN2, 1e-5); // of the images 3 and 6
  assertEquals(collapse(sound, { share: 0.5 }), null);
  const collapsed = signsOf(tf.fill(buffers.memory.shape, 0.5));
  assertAlmostEquals(collapsed.prototypeEntropy, 0, 1e-5);
  assertStringIncludes(collapse(collapsed, { share: 0.5 })!, "assigned to the same prototypes");
  dispose(state);
});

Deno.test("a run is stopped while its method looks at all images", async () => {
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  const stop = new AbortController();
  const run = pretrain(samples, config, {
    workers: 0,
    tell: () => stop.abort(),
    signal: stop.signal,
  });
  assertEquals((await run.next()).done, true);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("surveySeconds() is some time where a method looks at all images, else none", async () => {
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  assert(await surveySeconds(samples, { config, workers: 0 }) > 0);
  const swav = { ...recipes.swav.presets.tiny!, batchSize: 3 };
  assertEquals(await surveySeconds(samples, { config: swav, workers: 0 }), 0);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("a run is refused on other images than its state was made for", async () => {
  await tf.setBackend("cpu");
  const { value } = await pretrain(samples, config, { workers: 0 }).next();
  const state = value!.state;
  await assertRejects(
    () => pretrain(samples.slice(1), config, { workers: 0, state }).next(),
    RangeError,
    "Cannot continue on 6 images: the state keeps something of each of 7; bring those back",
  );
  dispose(state);
});

Deno.test("a run is refused on fewer images than clusters", async () => {
  const many: DeepclusterV2Config = { ...config, clusters: [4, 7] };
  await assertRejects(
    () => pretrain(samples, many, { workers: 0 }).next(),
    RangeError,
    "Cannot make 7 clusters of the 6 images in the batches of an epoch: give fewer `clusters`",
  );
});
