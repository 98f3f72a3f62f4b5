import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { views } from "../methods/mugs/views.ts";
import { switchBackend } from "../compile/mod.ts";
import { Random } from "../random/mod.ts";
import { tensorflowTest } from "../testing/permitted.ts";
import { type CropsConfig, largeViews, type ViewPlan } from "../transforms/mod.ts";
import { batches, type BatchesOptions, type Sample } from "./mod.ts";

/** All that Mugs does, at a small size. */
const crops: CropsConfig = {
  globalSize: 12,
  globalScale: [0.25, 1],
  localSize: 8,
  localScale: [0.05, 0.25],
  localCrops: 3,
  flip: 0.5,
  jitter: 0.8,
  jitterStrength: [0.4, 0.4, 0.2, 0.1],
  grayscale: 0.2,
  blur: 0.5,
  globalBlur: [1, 0.1],
  solarize: 0.2,
  strongShare: 0.5,
  erasing: 0.5,
};

const samples: Sample[] = Array.from({ length: 10 }, (_, i) => ({
  id: `image ${i}`,
  labels: {},
  read() {
    const random = new Random(`image ${i}`);
    const data = Uint8Array.from(
      { length: 30 * 40 * 3 },
      (_, at) => (random.integer(60) + 4 * (at % 49) + 100 * (at % 3)) & 255,
    );
    return Promise.resolve({ width: 40, height: 30, data });
  },
}));

/** The numbers of two batches, by the groups of their views. */
async function numbers(plan: ViewPlan, options: BatchesOptions): Promise<Record<string, number[]>> {
  const all: Record<string, number[]> = {};
  const config = { batchSize: 5, seed: "augment", plan };
  for await (using loaded of batches(samples, config, { to: 2, workers: 0, ...options })) {
    for (const [name, { images, weak }] of Object.entries(loaded.batch)) {
      (all[name] ??= []).push(...images.dataSync(), ...weak?.dataSync() ?? []);
    }
  }
  return all;
}

/** The greatest difference in units of a byte. */
const most = (one: readonly number[], other: readonly number[]) =>
  one.reduce((most, value, i) => Math.max(most, Math.abs(value - other[i]!) * 255 * 0.229), 0);

tensorflowTest("views that the device changes are those of the host, by any workers", async () => {
  const plan = views(crops);
  const before = tf.memory().numTensors;
  const expected = await numbers(plan, {});
  const device = await numbers(plan, { augmentOn: "device", workers: 2 });
  assertEquals(Object.keys(device), Object.keys(expected));
  for (const [name, values] of Object.entries(expected)) {
    assertEquals(device[name]!.length, values.length);
    assert(most(device[name]!, values) < 0.01, name);
  }
  assertEquals(tf.memory().numTensors, before);
});

tensorflowTest("they do without TensorFlow's library, too", async () => {
  const plan = views({ ...crops, strongShare: 0 });
  await switchBackend("cpu");
  const expected = await numbers(plan, {});
  const device = await numbers(plan, { augmentOn: "device" });
  for (const [name, values] of Object.entries(expected)) {
    const bytes = values.filter((value, i) => Math.abs(value - device[name]![i]!) * 58 > 0.5);
    assert(bytes.length <= values.length / 500, `${bytes.length} bytes of ${name} differ`);
  }
});

tensorflowTest("views that are no weak ones of Mugs are made on the host", async () => {
  const [weak] = largeViews(crops).views;
  const randAugment = { magnitude: 5, deviation: 0.5 };
  const plan: ViewPlan = [
    { name: "patches", size: 4, jigsaw: { grid: 2, crop: 10 }, views: [weak!] },
    { name: "augmented", size: 8, views: [{ ...weak!, randAugment }] },
  ];
  assertEquals(await numbers(plan, { augmentOn: "device" }), await numbers(plan, {}));
});
