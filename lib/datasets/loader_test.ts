import { assert, assertAlmostEquals, assertEquals, assertMatch, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { views } from "../methods/mugs/views.ts";
import type { CropsConfig } from "../transforms/mod.ts";
import { encode } from "../images/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import {
  batches,
  type BatchesOptions,
  evalBatches,
  imageFolder,
  type Sample,
  stepsPerEpoch,
} from "./mod.ts";

const crops: CropsConfig = {
  globalSize: 8,
  globalScale: [0.25, 1],
  localSize: 4,
  localScale: [0.1, 0.4],
  localCrops: 3,
  flip: 0.5,
  jitter: 0.8,
  jitterStrength: [0.4, 0.4, 0.2, 0.1],
  grayscale: 0.2,
  blur: 0.2,
  solarize: 0,
};
const still = { ...crops, jitter: 0, grayscale: 0, blur: 0 };

/** Even images whose red is their number. */
function samples(count: number, broken: number[] = []): Sample[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `image ${i}`,
    labels: { class: i % 2 },
    read: () =>
      broken.includes(i) ? Promise.reject(new TypeError("damaged")) : Promise.resolve({
        width: 10,
        height: 12,
        data: new Uint8Array(360).map((_, j) => j % 3 === 0 ? i : 0),
      }),
  }));
}

/** Red of the first view of each image of a batch. */
function reds(images: tf.Tensor4D, count: number): number[] {
  const first = tf.tidy(() => images.slice([0, 0, 0, 0], [count, 1, 1, 1]).mul(0.229).add(0.485));
  return Array.from(first.dataSync(), (x) => Math.round(x * 255));
}

async function collect(samples: Sample[], options: BatchesOptions, config = crops) {
  const records = [];
  for await (
    using loaded of batches(samples, { batchSize: 4, seed: 7, plan: views(config) }, options)
  ) {
    const { batch: { teacher, student, local }, epoch, index, step, skipped } = loaded;
    const { weak } = student!;
    const views = [teacher!.images, student!.images, local!.images];
    const tensors = weak ? [...views, weak] : views;
    const sums = tensors.map((t) => Array.from(t.dataSync()));
    records.push({ sums, shapes: tensors.map((t) => t.shape), epoch, index, step, skipped });
  }
  return records;
}

const threads = Deno.permissions.querySync({ name: "read" }).state === "granted";

Deno.test("batches() concatenates the views of all images, view by view", async () => {
  const [first] = await collect(samples(9), { to: 1, workers: 0 }, still);
  assertEquals(first?.shapes, [[8, 8, 8, 3], [8, 8, 8, 3], [12, 4, 4, 3]]);
  const red = Array.from({ length: 8 }, (_, i) => first?.sums[0]?.[i * 192]);
  assertEquals(red.slice(0, 4), red.slice(4));
});

Deno.test("batches() marks weak views, and erases parts of strong ones in the input", async () => {
  const strong: CropsConfig = { ...still, strongShare: 0.5, randAugment: [0, 0], erasing: 1 };
  const batch = { batchSize: 8, seed: 3, plan: views(strong) };
  const values = new Set<number>();
  for await (using loaded of batches(samples(16), batch, { to: 4, workers: 0 })) {
    const weak = loaded.batch.student!.weak!.dataSync();
    const spread = (images: tf.Tensor4D, i: number) => {
      const red = images.slice([i, 0, 0, 0], [1, -1, -1, 1]);
      return red.max().sub(red.min()).dataSync()[0];
    };
    for (let i = 0; i < 16; i++) {
      // Even images stay even unless a part of them is erased.
      assertEquals(spread(loaded.batch.student!.images, i) === 0, weak[i % 8] === 1);
      assertEquals(spread(loaded.batch.teacher!.images, i), 0);
    }
    for (const value of weak) values.add(value);
  }
  assertEquals([...values].sort(), [0, 1]);
});

Deno.test("batches() visits every image once an epoch, in a new order each time", async () => {
  const epochs: number[][] = [[], [], []];
  const config = { batchSize: 4, seed: 1, plan: views(still) };
  for await (using loaded of batches(samples(12), config, { to: 9, workers: 0 })) {
    epochs[loaded.epoch]!.push(...reds(loaded.batch.teacher!.images, 4));
  }
  for (const images of epochs) {
    assertEquals(images.toSorted((a, b) => a - b), [...Array(12).keys()]);
  }
  assert(String(epochs[0]) !== String(epochs[1]));
});

Deno.test("batches() continues at a step as if it had run until there", async () => {
  const whole = await collect(samples(10), { to: 6, workers: 0 });
  assertEquals(await collect(samples(10), { from: 3, to: 6, workers: 0 }), whole.slice(3));
  assertEquals(whole.map(({ epoch, index }) => [epoch, index]), [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
    [2, 0],
    [2, 1],
  ]);
});

Deno.test({
  name: `batches() gives the same for any number of workers${threads ? "" : " (needs read)"}`,
  ignore: !threads,
  fn: async () => {
    const mixed = { ...crops, strongShare: 0.5 };
    const [none, one, three] = await Promise.all(
      [0, 1, 3].map((workers) => collect(samples(10), { to: 5, workers }, mixed)),
    );
    assertEquals(one, none);
    assertEquals(three, none);
  },
});

Deno.test({
  name: `batches() ends its workers when the loop is left${threads ? "" : " (needs read)"}`,
  ignore: !threads,
  fn: async () => { // the test runner fails if a worker is left
    for await (
      using _ of batches(samples(10), { batchSize: 2, seed: 1, plan: views(crops) }, { workers: 2 })
    ) {
      break;
    }
  },
});

Deno.test("batches() replaces an unreadable image by the next one and names it once", async () => {
  const records = await collect(samples(4, [1]), { to: 3, workers: 0, maxBad: 0.25 }, still);
  assertEquals(records.map(({ skipped }) => skipped), [
    [{ id: "image 1", reason: "damaged" }],
    [],
    [],
  ]);
});

Deno.test("batches() stops where more images are unreadable than may be, naming them", async () => {
  const { message } = await assertRejects(
    () => collect(samples(40, [3, 30]), { to: 10, workers: 0, maxBad: 0.04 }, still),
    Error,
  );
  assertMatch(
    message,
    /^Cannot go on: 2 of 40 images cannot be read, and no more than 4 % may be so: /,
  );
  assertMatch(message, /image \d+ \(damaged\), image \d+ \(damaged\); repair .* raise `maxBad`$/);
});

permittedTest(
  "batches() of files are the same whoever reads them, and name those that are damaged",
  ["read", "write", "ffi", "env"],
  async () => {
    const folder = await Deno.makeTempDir();
    try {
      for (let i = 0; i < 12; i++) {
        const data = Uint8Array.from({ length: 9 * 7 * 3 }, (_, j) => (i * 37 + j * 11) & 255);
        const bytes = await encode({ width: 9, height: 7, data });
        await Deno.writeFile(`${folder}/${i}.png`, i === 5 ? bytes.subarray(0, 60) : bytes);
      }
      const { train } = await imageFolder(folder, { scored: false });
      const options = { to: 5, maxBad: 0.2 };
      const here = train.map(({ id, labels, read }): Sample => ({ id, labels, read }));
      const expected = await collect(here, { ...options, workers: 0 });
      const names = expected.flatMap(({ skipped }) => skipped.map(({ id }) => id));
      assertEquals(names, ["5.png"]);
      for (const [workers, cacheBytes] of [[0, 0], [1, 0], [3, 500], [3, 2 ** 20]] as const) {
        const records = await collect(train, { ...options, workers, cacheBytes });
        const views = (all: typeof records) => all.map(({ sums }) => sums);
        assertEquals(views(records), views(expected));
        assertEquals(records.flatMap(({ skipped }) => skipped.map(({ id }) => id)), names);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

Deno.test("batches() fails when no image can be read, and when there is none", async () => {
  await assertRejects(
    () => collect(samples(3, [0, 1, 2]), { to: 1, workers: 0, maxBad: 1 }),
    Error,
    "Cannot read any of 3 images",
  );
  await assertRejects(() => collect([], { to: 1, workers: 0 }), RangeError, "0 images");
});

Deno.test("batches() repeats images where there are fewer than a batch", async () => {
  const epochs = (await collect(samples(3), { to: 2, workers: 0 })).map(({ epoch }) => epoch);
  assertEquals(epochs, [0, 1]);
  assertEquals([stepsPerEpoch(3, 4), stepsPerEpoch(9, 4)], [1, 2]);
});

Deno.test("batches() says which sample each image is, and may end an epoch with fewer", async () => {
  const config = { batchSize: 4, seed: 7, plan: views(still), partial: true };
  const loaded = [];
  for await (using each of batches(samples(6, [2]), config, { to: 2, workers: 0, maxBad: 1 })) {
    const { rows, batch: { teacher } } = each;
    loaded.push(...rows);
    assertEquals(reds(teacher!.images, rows.length), [...rows]);
  }
  assertEquals(loaded.sort(), [0, 1, 3, 3, 4, 5]); // 3 stands in for 2
  assertEquals([stepsPerEpoch(6, 4, { partial: true }), stepsPerEpoch(8, 4, { partial: true })], [
    2,
    2,
  ]);
});

Deno.test("batches() leaves no tensor behind", async () => {
  const before = tf.memory().numTensors;
  await collect(samples(8), { to: 3, workers: 0 }, { ...crops, sharedCrops: true });
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("evalBatches() keeps order and labels, and ends with a smaller batch", async () => {
  const images: number[] = [], labels: number[] = [];
  for await (using batch of evalBatches(samples(5), { size: 6, batchSize: 2 })) {
    images.push(...reds(batch.images, batch.images.shape[0]));
    labels.push(...batch.labels.class!.dataSync());
  }
  assertEquals({ images, labels }, { images: [0, 1, 2, 3, 4], labels: [0, 1, 0, 1, 0] });
});

Deno.test("evalBatches() lists all images that cannot be read", async () => {
  const failing = async () => {
    for await (using _ of evalBatches(samples(9, [2, 7]), { size: 6, batchSize: 2 }));
  };
  await assertRejects(failing, Error, "2 of 9 images cannot be read");
  await assertRejects(failing, Error, "image 7: damaged");
});

Deno.test("batches() normalizes with ImageNet's mean and deviation", async () => {
  const [first] = await collect(samples(1), { to: 1, workers: 0 }, still);
  assertAlmostEquals(first!.sums[0]![1]!, -0.456 / 0.224, 1e-5);
});

Deno.test("shares of batches are, one after the other, the whole batches", async () => {
  const images = samples(11, [2]);
  const rowsOf = async (share?: BatchesOptions["share"]) => {
    const rows: number[][] = [];
    const order = { batchSize: 4, seed: 7, plan: views(crops) };
    const options = { workers: 0, to: 5, maxBad: 1, share };
    for await (using loaded of batches(images, order, options)) {
      const { teacher } = loaded.batch;
      rows.push([...loaded.rows, ...teacher!.images.dataSync()]);
    }
    return rows;
  };
  const whole = await rowsOf();
  const shares = await Promise.all([0, 1].map((index) => rowsOf({ count: 2, index })));
  const view = 8 * 8 * 3;
  for (const [step, [...expected]] of whole.entries()) {
    const [a, b] = shares.map((rows) => rows[step]!) as [number[], number[]];
    const pixels = (rows: number[], from: number) => rows.slice(from, from + 2 * view);
    const joined = [
      ...[...a.slice(0, 2), ...b.slice(0, 2)],
      ...[2, 2 + 2 * view].flatMap((from) => [...pixels(a, from), ...pixels(b, from)]),
    ];
    assertEquals(joined, expected);
  }
  await assertRejects(() => rowsOf({ count: 3, index: 0 }), RangeError, "4 images among 3 process");
});
