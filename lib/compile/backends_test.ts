import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { MugsConfig } from "../configs/mod.ts";
import type { Batch } from "../datasets/mod.ts";
import { knn, linearProbe } from "../protocols/mod.ts";
import { Random } from "../random/mod.ts";
import { assertNear, cases, evaluateCase } from "../testing/operations.ts";
import { missingPermissions, permittedTest, tensorflowPermissions } from "../testing/permitted.ts";
import { sampleConfig } from "../testing/sample_config.ts";
import { compileStep, initState, now as nowOf } from "../pretraining/mod.ts";
import { flatten } from "../tree/mod.ts";
import { type Backend, backends, use } from "./mod.ts";

const native = missingPermissions(tensorflowPermissions).length === 0;
const others: Backend[] = native ? ["tensorflow", "wasm"] : ["wasm"];

/** Where a test opens TensorFlow, which outlives it. */
const opensTensorFlow = { sanitize: !native };

/** The kernels that wasm lacks, by the cases that need them; no program does (see below). */
const lackingOnWasm: Record<string, string[]> = {
  gather: ["UnsortedSegmentSum"],
  conv2d: ["Conv2DBackpropFilter"],
  depthwiseConv2d: ["DepthwiseConv2dNativeBackpropInput", "DepthwiseConv2dNativeBackpropFilter"],
};

/** Recipes that together use every branch of a step. */
const recipes: MugsConfig[] = [
  sampleConfig,
  { ...sampleConfig, optimizer: "lars", batchNormInHead: true, normLastLayer: false },
  { ...sampleConfig, optimizer: "sgd", localCrops: 0, memoryPointer: "reference" },
  { ...sampleConfig, relationBlocks: 2, globalSize: 12 },
];

function noise(shape: number[], seed: string): tf.Tensor {
  const random = new Random(seed);
  const size = shape.reduce((product, n) => product * n, 1);
  return tf.tensor(Float32Array.from({ length: size }, () => random.normal()), shape);
}

/** A step from the first state on random views: its facts, and all numbers of the next state. */
function train(
  config: MugsConfig,
): { facts: Float32Array; state: Record<string, Float32Array> } {
  const { batchSize, globalSize, localSize, localCrops } = config;
  using step = compileStep(config, { chains: 2 });
  const views = (count: number, size: number, name: string) =>
    noise([count * batchSize, size, size, 3], name) as tf.Tensor4D;
  const batch: Batch = {
    teacher: { images: views(2, globalSize, "teacher") },
    student: { images: views(2, globalSize, "student"), weak: tf.tensor1d([1, 0, 1, 1]) },
    ...localCrops && { local: { images: views(localCrops, localSize, "local") } },
  };
  const now = nowOf({ ...schedule, rate }, 0, config);
  const [state, facts] = step(initState(config), batch, now);
  const numbers = (t: tf.Tensor) => Float32Array.from(t.dataSync());
  return {
    facts: Float32Array.from(Object.values(flatten(facts)), (fact) => fact.dataSync()[0]!),
    state: Object.fromEntries(Object.entries(flatten(state)).map(([k, t]) => [k, numbers(t)])),
  };
}

const rate = 1e-3;
const schedule = {
  weightDecay: 0.04,
  momentum: 0.99,
  teacherTemperature: 0.04,
  frozen: 0,
  clip: 3,
};

/**
 * The largest permitted difference in a tensor of a state: rounding, relative to its largest
 * number. Nothing depends on the biases of the keys, so their gradient is rounding alone, and
 * AdamW makes it a step as long as any other.
 */
function toleranceOf(name: string, numbers: Float32Array): number {
  const largest = numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return 1e-5 + 1e-4 * largest + (name.endsWith("qkv.bias") ? 2 * rate : 0);
}

/**
 * Votes of k-NN over training sets that are searched in blocks and in groups, and accuracies of a
 * linear probe.
 */
async function score(): Promise<Float32Array[]> {
  const labels = (rows: number) =>
    tf.tensor1d(Array.from({ length: rows }, (_, i) => i % 4), "int32");
  const set = (rows: number) => ({
    x: noise([rows, 6], `features ${rows}`) as tf.Tensor2D,
    labels: labels(rows),
    classes: 4,
  });
  const votes = knn(set(40), set(10).x, { k: 3, chunks: { queries: 7, train: 16 } });
  const grouped = knn(set(1024), set(10).x, { k: 3 });
  const { candidates } = await linearProbe(set(40), set(10), {
    epochs: 2,
    learningRates: [0.1, 1],
  });
  const accuracies = Float32Array.from(candidates, ({ top1 }) => top1);
  return [votes.dataSync<"float32">(), grouped.dataSync<"float32">(), accuracies];
}

/** The kernels that run during `f`. */
async function kernelsOf(f: () => void | Promise<void>): Promise<string[]> {
  const { kernelNames } = await tf.profile(async () => {
    await f();
    return [];
  });
  // The profile also names gradients that are written by hand; they are no kernels.
  return kernelNames.filter((name) => tf.getKernel(name, "cpu"));
}

permittedTest("every operation of the program is compared on wasm", ["read"], async () => {
  await use("wasm");
  await use("cpu");
  const compared = new Set<string>();
  const lacking: Record<string, string[]> = {};
  for (const c of cases) {
    const kernels = await kernelsOf(() => void evaluateCase(c));
    const missing = kernels.filter((name) => !tf.getKernel(name, "wasm"));
    if (missing.length) lacking[c.name] = missing;
    else kernels.forEach((name) => compared.add(name));
  }
  assertEquals(lacking, lackingOnWasm);
  const kernels = await kernelsOf(async () => {
    for (const config of recipes) tf.tidy(() => void train(config));
    await score();
  });
  assert(kernels.length > 40, `only ${kernels.length} operations were recorded`);
  assertEquals(kernels.filter((name) => !compared.has(name)), []);
});

for (const c of cases) {
  const gradients = c.gradient === false ? "" : " and its gradients";
  const name = `tf.${c.name}${gradients}`;
  const missing = lackingOnWasm[c.name];
  if (missing) {
    Deno.test.ignore(`${name}: wasm has no ${missing.join(", ")}`, () => {});
    continue;
  }
  permittedTest(`${name}: wasm agrees with cpu`, ["read"], async () => {
    await use("cpu");
    const expected = evaluateCase(c);
    await use("wasm");
    assertNear(evaluateCase(c), expected, "wasm");
  });
}

for (const [i, config] of recipes.entries()) {
  permittedTest(
    `a step of recipe ${i} agrees on ${others.join(", ")} and cpu`,
    ["read"],
    async () => {
      await use("cpu");
      const expected = train(config);
      for (const backend of others) {
        await use(backend);
        const actual = train(config);
        assertNear([actual.facts], [expected.facts], `${backend}: facts`);
        assertEquals(Object.keys(actual.state), Object.keys(expected.state));
        for (const [name, numbers] of Object.entries(expected.state)) {
          const tolerance = toleranceOf(name, numbers);
          actual.state[name]!.forEach((x, i) =>
            assertAlmostEquals(x, numbers[i]!, tolerance, `${backend}: ${name} at ${i}`)
          );
        }
      }
    },
    opensTensorFlow,
  );
}

permittedTest(`the protocols agree on ${others.join(", ")} and cpu`, ["read"], async () => {
  await use("cpu");
  const expected = await score();
  for (const backend of others) {
    await use(backend);
    assertNear(await score(), expected, backend);
  }
}, opensTensorFlow);

permittedTest("every backend can be chosen", ["read"], async () => {
  for (const backend of backends.filter((name) => native || name !== "tensorflow")) {
    await use(backend);
    assertEquals(tf.getBackend(), backend);
  }
}, opensTensorFlow);
