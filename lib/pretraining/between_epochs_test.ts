import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { type DeepclusterV2Config, recipes } from "../configs/mod.ts";
import type { Sample } from "../datasets/mod.ts";
import type { DeepclusterV2State } from "../methods/deepcluster_v2/state.ts";
import { Random } from "../random/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { dispose, flatten, type Tree } from "../tree/mod.ts";
import { openState, pretrain, restoreState, saveState, type State } from "./mod.ts";

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
