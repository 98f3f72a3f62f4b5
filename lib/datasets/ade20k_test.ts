import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { blank, encode, encodeMask } from "../images/mod.ts";
import { datasetTest } from "../testing/datasets.ts";
import { permittedTest } from "../testing/permitted.ts";
import { type Ade20kOptions, labeledBatches, openAde20k, readLabeled } from "./mod.ts";

const permissions = ["read", "write", "env", "ffi", "sys"] as const;

/** Writes images of 4 x 2 pixels in the layout of ADE20K, each with the labels that are given. */
async function written(labels: readonly number[], names?: string[]): Promise<string> {
  const root = await Deno.makeTempDir();
  for (const part of ["training", "validation"]) {
    for (const kind of ["images", "annotations"]) {
      await Deno.mkdir(`${root}/${kind}/${part}`, { recursive: true });
    }
    for (const name of ["a", "b"]) {
      const mask = { width: 4, height: 2, data: Uint8Array.from(labels) };
      await Deno.writeFile(`${root}/images/${part}/${name}.jpg`, await encode(blank(4, 2)));
      await Deno.writeFile(`${root}/annotations/${part}/${name}.png`, await encodeMask(mask));
    }
  }
  if (names) await Deno.writeTextFile(`${root}/classes.txt`, names.join("\n"));
  return root;
}

const labels = [0, 1, 2, 0, 1, 2, 0, 255];

permittedTest("label 0 says that a pixel has no class, unless it is one", permissions, async () => {
  const root = await written(labels, ["wall", "sky"]);
  const first = async (options?: Ade20kOptions) => {
    const { train: [sample], test, classes } = await openAde20k(root, options);
    assertEquals(test.map(({ id }) => id), ["validation/a.jpg", "validation/b.jpg"]);
    return { classes, data: [...(await readLabeled(sample!)).mask.data] };
  };
  const { classes, data } = await first();
  assertEquals(classes, ["wall", "sky"]);
  assertEquals(data, [255, 0, 1, 255, 0, 1, 255, 255]);
  await Deno.writeTextFile(`${root}/classes.txt`, "other\nwall\nsky\n");
  assertEquals((await first({ reduceZeroLabel: false })).data, labels);
  await Deno.remove(root, { recursive: true });
});

permittedTest("what does not fit is refused in a sentence", permissions, async () => {
  const root = await written(labels);
  const refused = (options: Ade20kOptions, message: string) =>
    assertRejects(() => openAde20k(root, options), Error, message);
  await refused({}, "Cannot tell how many classes");
  const { train: [sample] } = await openAde20k(root, { classes: 1 });
  await assertRejects(
    () => sample!.mask(),
    RangeError,
    "they hold 2, and 1 classes have labels from 1 to 1",
  );
  await Deno.writeFile(`${root}/images/training/a.jpg`, await encode(blank(5, 2)));
  const { train: [larger] } = await openAde20k(root, { classes: 2 });
  await assertRejects(
    () => readLabeled(larger!),
    RangeError,
    "the labels of training/a.jpg: they are 4 x 2 pixels, and the image 5 x 2",
  );
  await Deno.remove(`${root}/annotations/training/b.png`);
  await refused({ classes: 2 }, "annotations/training/b.png with the labels of b.jpg");
  await Deno.remove(`${root}/annotations`, { recursive: true });
  await refused({ classes: 2 }, "it has no annotations; there must be images/training/");
  await Deno.remove(root, { recursive: true });
});

permittedTest("batches depend on the seed and the step alone", permissions, async () => {
  await tf.setBackend("cpu");
  const root = await written(labels, ["wall", "sky"]);
  const { train } = await openAde20k(root);
  const plan = { frame: [8, 4], ratios: [0.5, 2], crop: 4, flip: 0.5, photometric: true } as const;
  const config = { batchSize: 2, seed: 1, plan: { ...plan, largestShare: 0.75 } };
  const values = async (from: number, workers = 0) => {
    const all = [];
    for await (using loaded of labeledBatches(train, config, { from, to: 3, workers })) {
      const { images, labels } = loaded.batch;
      assertEquals([images.shape, labels.shape], [[2, 4, 4, 3], [2, 4, 4]]);
      all.push([...images.dataSync(), ...labels.dataSync()].join());
    }
    return all;
  };
  const before = tf.memory().numTensors;
  const all = await values(0);
  assertEquals(await values(1), all.slice(1));
  assertEquals(await values(0, 2), all);
  assert(new Set(all).size > 1);
  assertEquals(tf.memory().numTensors, before);
  await Deno.remove(root, { recursive: true });
});

datasetTest("ade20k-mini", "images, labels and names of classes are read", async (folder) => {
  const { train, test, classes } = await openAde20k(folder);
  assertEquals([train.length, test.length > 0, classes.length], [0, true, 150]);
  assertEquals(classes.slice(0, 2), ["wall", "building"]);
  const counts = new Map<number, number>();
  for (const sample of test) {
    for (const label of (await readLabeled(sample)).mask.data) {
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
  }
  assert(counts.size > 2 && [...counts.keys()].every((label) => label < 150 || label === 255));
});
