import * as tf from "@tensorflow/tfjs";
import { compile, type Precision } from "../compile/mod.ts";
import type { MugsConfig } from "../configs/mod.ts";
import type { Batch } from "../datasets/mod.ts";
import { changeViews } from "../datasets/device_changes.ts";
import { networkInput } from "../datasets/network_input.ts";
import { initVit, vitEncoder } from "../models/mod.ts";
import {
  compileStep,
  initState,
  type Now,
  now as nowOf,
  type StepLayout,
} from "../pretraining/mod.ts";
import { knn, linearProbe } from "../protocols/mod.ts";
import { Random } from "../random/mod.ts";
import { type PhotometricChange, photometricNumbers } from "../transforms/mod.ts";
import { flatten } from "../tree/mod.ts";
import { sampleConfig } from "./sample_config.ts";

/** Recipes that together use every branch of a step. */
export const programRecipes: MugsConfig[] = [
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

/** The learning rate of {@linkcode trainOnce}. */
export const learningRate = 1e-3;

/** A step from the first state on random views: its facts, and all numbers of the next state. */
export function trainOnce(
  config: MugsConfig,
  layout: StepLayout = { chains: 2 },
): { facts: Float32Array; state: Record<string, Float32Array> } {
  using step = compileStep(config, layout);
  const [state, facts] = step(initState(config), randomBatch(config), nowAt(0, config));
  const numbers = (t: tf.Tensor) => Float32Array.from(t.dataSync());
  return {
    facts: Float32Array.from(Object.values(flatten(facts)), (fact) => fact.dataSync()[0]!),
    state: Object.fromEntries(Object.entries(flatten(state)).map(([k, t]) => [k, numbers(t)])),
  };
}

/** Random views of a recipe's step, in the host's memory. */
export function randomBatch(config: MugsConfig): Batch {
  const { batchSize, globalSize, localSize, localCrops } = config;
  const views = (count: number, size: number, name: string) =>
    noise([count * batchSize, size, size, 3], name) as tf.Tensor4D;
  return {
    teacher: { images: views(2, globalSize, "teacher") },
    student: { images: views(2, globalSize, "student"), weak: tf.tensor1d([1, 0, 1, 1]) },
    ...localCrops && { local: { images: views(localCrops, localSize, "local") } },
  };
}

/** What changes from step to step. */
export function nowAt(step: number, config: MugsConfig): Now {
  return nowOf({ ...schedule, rate: learningRate }, step, config);
}

const schedule = {
  weightDecay: 0.04,
  momentum: 0.99,
  teacherTemperature: 0.04,
  frozen: 0,
  clip: 3,
};

/** Features, patch features and attention of an untrained vision transformer. */
export function embedOnce(precision: Precision = "float32"): Float32Array[] {
  const vit = initVit(sampleConfig, new Random("features"));
  using encoder = vitEncoder(vit, { heads: sampleConfig.heads, precision });
  const images = noise([3, 8, 8, 3], "images") as tf.Tensor4D;
  const outputs = [encoder.embed(images), encoder.patches(images), encoder.attention(images)];
  return outputs.map((output) => output.dataSync<"float32">());
}

/**
 * Votes of k-NN over training sets that are searched in blocks and in groups, and accuracies of a
 * linear probe.
 */
export async function scoreOnce(): Promise<Float32Array[]> {
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

/** Views that the device changes, with all changes. */
export function changeOnce(): Float32Array {
  const change: PhotometricChange = {
    jitter: [{ name: "contrast", factor: 1.2 }, { name: "hue", factor: 0.1 }],
    grayscale: true,
    blur: 1.5,
    solarize: true,
  };
  const bytes = Uint8Array.from({ length: 8 * 8 * 3 }, (_, i) => i);
  const changes = Float32Array.from(photometricNumbers(change));
  using compiled = compile(changeViews);
  return networkInput({ bytes, changes }, [1, 8, 8, 3], compiled).dataSync<"float32">();
}
