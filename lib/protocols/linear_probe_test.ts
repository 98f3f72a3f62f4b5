import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertGreater, assertRejects } from "@std/assert";
import { Random } from "../random/mod.ts";
import { linearProbe, type LinearProbeOptions, manyClasses } from "./linear_probe.ts";
import type { LabeledFeatures } from "./score.ts";
import { trainProbes } from "./train_probes.ts";

/** Three classes that a line can tell apart, on features of very different sizes. */
function blobs(seed: number, images = 60): LabeledFeatures {
  const random = new Random(seed);
  const centers: [number, number][] = [[0, 0], [8, 0], [0, 8]];
  const labels = Array.from({ length: images }, (_, i) => i % 3);
  const x = labels.map((c) => {
    const [left, right] = centers[c]!;
    return [100 + 10 * (left + random.normal()), 0.01 * (right + random.normal())];
  });
  return { x: tf.tensor2d(x), labels: tf.tensor1d(labels, "int32"), classes: 3 };
}

const quick = { epochs: 20, batchSize: 16, learningRates: [1e-5, 0.1] };

Deno.test("linearProbe() separates what a line separates, whatever the scale", async () => {
  assertGreater((await linearProbe(blobs(1), blobs(2), quick)).top1, 90);
});

Deno.test("linearProbe() prefers the learning rate that is better held out", async () => {
  const slow = { ...quick, epochs: 3, learningRates: [1e-9, 0.1] };
  const { learningRate, candidates } = await linearProbe(blobs(1), blobs(2), slow);
  const [tiny, usual] = candidates.map(({ top1 }) => top1) as [number, number];
  assert(usual >= tiny);
  assertEquals(learningRate, usual > tiny ? 0.1 : 1e-9);
});

Deno.test("linearProbe() gives equal scores for equal seeds", async () => {
  const score = () => linearProbe(blobs(1), blobs(2), { ...quick, seed: 3 });
  assertEquals(await score(), await score());
});

/** How many passes a probe says that there are, before the first and after the last of them. */
async function passes(options: LinearProbeOptions, classes = 3): Promise<[number, number][]> {
  const counts: [number, number][] = [];
  const onPass = (...count: [number, number]) => void counts.push(count);
  await linearProbe({ ...blobs(1), classes }, { ...blobs(2), classes }, { ...options, onPass });
  return [counts[0]!, counts.at(-1)!];
}

Deno.test("linearProbe() compares the candidates over all passes", async () => {
  assertEquals(await passes(quick), [[0, 60], [60, 60]]);
});

Deno.test("linearProbe() compares the candidates of many classes over a tenth of the passes", async () => {
  assertEquals(await passes(quick, manyClasses + 1), [[0, 24], [24, 24]]);
  assertEquals(await passes({ ...quick, choiceEpochs: 3 }), [[0, 26], [26, 26]]);
});

Deno.test("trainProbes() trains each candidate as if it were alone", async () => {
  const [, beside] = await trainProbes(blobs(1), quick.learningRates, quick);
  const [alone] = await trainProbes(blobs(1), [0.1], quick);
  const difference = beside!.weight.sub(alone!.weight).abs().max().dataSync()[0]!;
  assert(difference < 1e-5, `the weights differ by ${difference}`);
});

Deno.test("linearProbe() leaves no tensors behind", async () => {
  const [train, test] = [blobs(1), blobs(2)];
  const before = tf.memory().numTensors;
  await linearProbe(train, test, quick);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("linearProbe() refuses a split of one image", async () => {
  await assertRejects(() => linearProbe(blobs(1, 1), blobs(2)), RangeError, "fewer than two");
});
