import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { compile, switchBackend } from "../compile/mod.ts";
import { imageTensor } from "../datasets/mod.ts";
import { changeViews } from "../datasets/device_changes.ts";
import { networkInput, normalizedPixels } from "../datasets/network_input.ts";
import { initVit, untrained, vitEncoder } from "../models/mod.ts";
import { compileStep, initState } from "../pretraining/mod.ts";
import { features, knn, linearProbe } from "../protocols/mod.ts";
import { Random } from "../random/mod.ts";
import { assertNear } from "../testing/operations.ts";
import { recordOperations, type TypedOperation } from "../testing/placement.ts";
import { permittedTest, tensorflowPermissions } from "../testing/permitted.ts";
import {
  embedOnce,
  nowAt,
  programRecipes,
  randomBatch,
  scoreOnce,
  trainOnce,
} from "../testing/program.ts";
import { sampleConfig } from "../testing/sample_config.ts";
import { photometricNumbers } from "../transforms/mod.ts";
import { leaves, type Tree } from "../tree/mod.ts";
import { startTensorFlow } from "./backend.ts";
import { dtypes } from "./dtype.ts";
import type { Binding, TensorFlowBackend } from "./mod.ts";

/** Registers a test on a device that has a memory of its own, as GPUs do. */
function deviceTest(name: string, fn: (binding: Binding) => void | Promise<void>): void {
  permittedTest(name, tensorflowPermissions, async () => {
    await switchBackend("tensorflow", { device: "cpu:1" });
    await fn((tf.backend() as TensorFlowBackend).binding);
  }, { sanitize: false });
}

/**
 * The inputs of operations during `f` that are not in the device's memory, as `Operation type`, and
 * the number of all inputs. Whole numbers of 32 bits are left out: TensorFlow wants them in the
 * host's memory.
 */
async function inputsElsewhere({ library }: Binding, f: () => void | Promise<void>) {
  const { c } = library;
  const elsewhere = new Set<string>();
  let operation = "", count = 0;
  const spies: Partial<typeof c> = {
    TFE_NewOp(context, name, status) {
      operation = new TextDecoder().decode(name as BufferSource).replace("\0", "");
      return c.TFE_NewOp(context, name, status);
    },
    TFE_OpAddInput(op, handle, status) {
      count++;
      const device = c.TFE_TensorHandleBackingDeviceName(handle, status)!;
      const dtype = c.TFE_TensorHandleDataType(handle);
      const there = Deno.UnsafePointerView.getCString(device).endsWith("device:CPU:1");
      if (!there && dtype !== dtypes.int32) elsewhere.add(`${operation} ${dtype}`);
      return c.TFE_OpAddInput(op, handle, status);
    },
  };
  Object.assign(library, { c: { ...c, ...spies } });
  try {
    await f();
  } finally {
    Object.assign(library, { c });
  }
  return { elsewhere: [...elsewhere], count };
}

/** The bytes that go to the device during `f`. */
async function bytesSent({ transfers }: Binding, f: () => unknown): Promise<number> {
  const before = transfers.toDevice.bytes;
  await f();
  return transfers.toDevice.bytes - before;
}

/** The operations on whole numbers that GPUs leave to the processor. */
function gpuHostOperations(operations: readonly TypedOperation[]): string[] {
  const arithmetic = ["AddV2", "Mul", "Sub", "FloorDiv", "FloorMod", "ConcatV2", "Slice"];
  return operations.filter(({ kind, types }) => arithmetic.includes(kind) && types.T === "int32")
    .map(({ kind }) => kind);
}

/** The bytes of a tree's tensors. */
function bytesOf(...trees: Tree[]): number {
  return trees.flatMap(leaves).reduce((sum, { size }) => sum + 4 * size, 0);
}

deviceTest("values move to the device's memory, whole numbers of 32 bits do not", (binding) => {
  const deviceOf = (values: tf.Tensor) => {
    const [id] = (tf.backend() as TensorFlowBackend).getInputTensorIds([values]);
    return binding.deviceOf(id!).slice(-"CPU:0".length);
  };
  assertEquals(deviceOf(tf.tensor1d([1.5, 2])), "CPU:1");
  assertEquals(deviceOf(tf.tensor1d([true, false], "bool")), "CPU:1");
  assertEquals(deviceOf(tf.tensor1d([1, 2], "int32")), "CPU:0");
  assertEquals(deviceOf(tf.ones([2]).add(1)), "CPU:1", "a result");
});

deviceTest("every input of an operation is in the device's memory already", async (binding) => {
  const { elsewhere, count } = await inputsElsewhere(binding, async () => {
    for (const recipe of programRecipes.slice(0, 2)) tf.tidy(() => void trainOnce(recipe));
    embedOnce();
    await scoreOnce();
  });
  assert(count > 1000, `only ${count} inputs were seen`);
  assertEquals(elsewhere, []);
});

deviceTest(
  "a step sends its batch, scalars and masks to the device, nothing else",
  async (binding) => {
    for (const parts of [false, true]) {
      using step = compileStep(sampleConfig, { parts });
      let state = initState(sampleConfig);
      for (const i of [0, 1, 2]) {
        const batch = randomBatch(sampleConfig), now = nowAt(i, sampleConfig);
        const sent = await bytesSent(binding, () => [state] = step(state, batch, now));
        if (i > 0) assertEquals(sent, bytesOf(batch, now), `step ${i}`);
      }
    }
  },
);

deviceTest("features send their images to the device, and no weights", async (binding) => {
  using encoder = untrained(sampleConfig);
  using rounded = vitEncoder(initVit(sampleConfig, new Random(0)), {
    ...sampleConfig,
    precision: "bfloat16",
  });
  for (const { embed } of [encoder, rounded]) {
    for (const i of [0, 1, 2]) {
      const images = tf.ones<tf.Rank.R4>([3, 8, 8, 3]);
      const sent = await bytesSent(binding, () => embed(images));
      if (i > 0) assertEquals(sent, bytesOf(images));
    }
  }
});

deviceTest("views that the device changes cross as bytes and a few numbers", async (binding) => {
  using change = compile(changeViews);
  const bytes = Uint8Array.from({ length: 4 * 12 * 12 * 3 }, (_, i) => i % 256);
  const changes = Float32Array.from(Array.from({ length: 4 }, () => photometricNumbers()).flat());
  for (const i of [0, 1, 2]) {
    const sent = await bytesSent(binding, () => {
      networkInput({ bytes, changes }, [4, 12, 12, 3], change);
    });
    if (i > 0) assertEquals(sent, bytes.byteLength + changes.byteLength);
  }
});

deviceTest("images cross as bytes, and are normalized on the device", (binding) => {
  const bytes = Uint8Array.from({ length: 4 * 12 * 12 * 3 }, (_, i) => i % 256);
  const images = Array.from({ length: 4 }, (_, i) => {
    return { width: 12, height: 12, data: bytes.subarray(i * 432, (i + 1) * 432) };
  });
  const constants = 4 * (1 + 2 * 12 * 3); // of the function, once
  for (const extra of [constants, 0]) {
    const before = { ...binding.transfers.toDevice };
    const tensor = imageTensor(images);
    assertEquals(binding.transfers.toDevice.bytes - before.bytes, bytes.length + extra);
    const [id] = (tf.backend() as TensorFlowBackend).getInputTensorIds([tensor]);
    assert(binding.deviceOf(id!).endsWith("CPU:1"));
    assertEquals(tensor.dataSync(), normalizedPixels({ bytes }));
  }
});

deviceTest("features of images cross once, images as bytes and results late", async (binding) => {
  using encoder = untrained(sampleConfig);
  const samples = Array.from({ length: 7 }, (_, i) => ({
    id: `image ${i}`,
    labels: { class: i % 2 },
    read: () => Promise.resolve({ width: 8, height: 8, data: new Uint8Array(192).fill(30 * i) }),
  }));
  const options = {
    size: 8,
    batchSize: 3,
    evalCrop: "whole",
    classes: { class: ["a", "b"] },
  } as const;
  await features(encoder.embed, samples, options); // traces
  const [sent, read] = [{ ...binding.transfers.toDevice }, { ...binding.transfers.toHost }];
  const { x } = await features(encoder.embed, samples, options);
  tf.abs(x); // which brings the result to the device
  assertEquals(binding.transfers.toDevice.bytes - sent.bytes, 7 * 192 + 4 * x.size);
  assertEquals(binding.transfers.toHost.tensors - read.tensors, 3, "a read for each batch");
});

deviceTest("k-NN leaves features on the device, and reads its results once", async (binding) => {
  const set = (rows: number) => tf.randomNormal<tf.Rank.R2>([rows, 6], 0, 1, "float32", rows);
  const labels = tf.tensor1d(Array.from({ length: 1030 }, (_, i) => i % 4), "int32");
  const train = { x: set(1030), labels, classes: 4 }, queries = set(10);
  const onDevice = (x: tf.Tensor) => tf.abs(x).dispose();
  [train.x, queries].forEach(onDevice);
  const backend = tf.backend() as TensorFlowBackend;
  for (const chunks of [undefined, { queries: 4, train: 256 }]) {
    const [sent, read] = [{ ...binding.transfers.toDevice }, { ...binding.transfers.toHost }];
    const operations = await recordOperations(
      backend,
      () => knn(train, queries, { k: 3, chunks }).dispose(),
    );
    const products = operations.filter(({ kind }) => kind === "MatMul").length;
    assertEquals(products, chunks ? 3 * 5 : 2, "one for each block; the rest of a group is one");
    assert(binding.transfers.toDevice.bytes - sent.bytes < 1000, "scalars only");
    assertEquals(binding.transfers.toHost.tensors - read.tensors, 2, "cosines and rows");
    const onProcessor = gpuHostOperations(operations);
    assertEquals(onProcessor, [], "a GPU would leave them to the processor");
  }
});

deviceTest("a linear probe sends its features to the device once", async (binding) => {
  const set = (rows: number) => ({
    x: tf.randomNormal<tf.Rank.R2>([rows, 64]),
    labels: tf.tensor1d(Array.from({ length: rows }, (_, i) => i % 4), "int32"),
    classes: 4,
  });
  const train = set(512), test = set(64);
  const options = { learningRates: [0.1] };
  const sent = await bytesSent(binding, () => linearProbe(train, test, { ...options, epochs: 4 }));
  const both = bytesOf(train.x, test.x);
  assert(sent < 1.1 * both, `${sent} bytes for ${both} bytes of features`);
});

deviceTest("a device of its own gives the numbers of the processor", async (binding) => {
  const here = trainOnce(sampleConfig), there = embedOnce();
  await startTensorFlow(binding.library, {});
  await tf.setBackend("tensorflow");
  assertEquals((tf.backend() as TensorFlowBackend).binding.devices, ["CPU"]);
  assertNear([trainOnce(sampleConfig).facts], [here.facts], "facts");
  assertNear(embedOnce(), there, "features");
});
