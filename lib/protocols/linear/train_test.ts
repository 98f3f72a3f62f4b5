import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertGreater, assertRejects } from "@std/assert";
import { linearPresets } from "../../configs/mod.ts";
import type { Dataset, Sample } from "../../datasets/mod.ts";
import type { Encoder } from "../../models/mod.ts";
import { dispose } from "../../tree/mod.ts";
import { type LinearProgress, trainLinear } from "../mod.ts";

const size = 8;

/** Images of one color: red, green or blue, more or less bright. */
function colors(count: number, part: string): Sample[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `${part}/${i}`,
    labels: { class: i % 3 },
    read: () =>
      Promise.resolve({
        width: size,
        height: size,
        data: new Uint8Array(3 * size ** 2).map((_, j) => j % 3 === i % 3 ? 100 + 5 * i : 20),
      }),
  }));
}

const data: Dataset = {
  name: "colors",
  train: colors(15, "train"),
  test: colors(6, "test"),
  classes: { class: ["red", "green", "blue"] },
  fingerprint: "colors",
};

/** The mean color of images, as an encoder that has nothing to learn. */
const meanColor: Encoder = {
  ...{ name: "mean color", trained: false, params: {}, width: 3, multiple: 1 },
  embed: (images) => images.mean([1, 2]) as tf.Tensor2D,
  dispose() {},
  [Symbol.dispose]() {},
};

const [small] = linearPresets;
const config = {
  ...small!,
  epochs: 4,
  batchSize: 4,
  learningRates: [1e-4, 3],
  randAugment: [1, 0],
};
const options = {
  ...{ config: config as typeof small & object, level: "class", seed: 5 },
  ...{ imageSize: size, evalSize: null, evalCrop: "whole" as const },
};

/** What is known after each epoch; tensors as numbers. */
async function run(from: LinearProgress | null = null, until = Infinity) {
  const epochs = [];
  let last: LinearProgress | null = null;
  for await (last of trainLinear(data, meanColor, { ...options, from })) {
    epochs.push({
      epoch: last.epoch,
      weight: [...last.columns.weight.dataSync()],
      scores: last.scores,
    });
    if (last.epoch >= until) {
      const columns = structuredCloneOf(last.columns);
      return { epochs, last: { ...last, columns } };
    }
  }
  return { epochs, last: last! };
}

function structuredCloneOf(columns: LinearProgress["columns"]): LinearProgress["columns"] {
  return {
    weight: columns.weight.clone(),
    bias: columns.bias.clone(),
    pushWeight: columns.pushWeight.clone(),
    pushBias: columns.pushBias.clone(),
  };
}

Deno.test("trainLinear() scores every classifier after every epoch, and they learn", async () => {
  await tf.setBackend("cpu");
  const { epochs, last } = await run();
  assertEquals(epochs.map(({ epoch }) => epoch), [1, 2, 3, 4]);
  assertEquals(last.scores.map((scores) => scores.length), [2, 2, 2, 2]);
  assertGreater(last.scores.at(-1)![1]!.top1, 60); // chance is a third
  dispose(last.columns);
});

Deno.test("trainLinear() continues after an epoch as if it had not been interrupted", async () => {
  await tf.setBackend("cpu");
  const whole = await run();
  const part = await run(null, 2);
  const rest = await run(part.last);
  assertEquals([...part.epochs, ...rest.epochs], whole.epochs);
  dispose(whole.last.columns, rest.last.columns);
});

Deno.test("trainLinear() leaves no tensor but the last classifiers behind", async () => {
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  const { last } = await run();
  dispose(last.columns);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("trainLinear() names images that cannot be read", async () => {
  await tf.setBackend("cpu");
  const [first, ...others] = data.train as [Sample, ...Sample[]];
  const broken = { ...first, read: () => Promise.reject(new TypeError("damaged")) };
  const failing = async () => {
    for await (
      const { columns } of trainLinear({ ...data, train: [broken, ...others] }, meanColor, options)
    ) assert(columns);
  };
  await assertRejects(failing, Error, "1 of 15 images cannot be read");
});
