import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertRejects } from "@std/assert";
import { readSafetensors } from "../checkpoint/mod.ts";
import type { Dataset, Sample } from "../datasets/mod.ts";
import type { Features } from "../protocols/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { saveFeatures } from "./mod.ts";

const sample = (id: string, label: number): Sample => ({
  id,
  labels: { class: label },
  read: () => Promise.reject(new Error("not read here")),
});

const data: Dataset = {
  name: "set",
  train: [sample("train/a,b/1.png", 0), sample('train/c/"2".png', 1)],
  test: [sample("val/c/3.png", 1)],
  classes: { class: ["a,b", "c"] },
  fingerprint: "0",
};

const features = (values: number[][], labels: number[]): Features => ({
  x: tf.tensor2d(values),
  labels: { class: tf.tensor1d(labels, "int32") },
  classes: { class: 2 },
});

const files = ["read", "write"] as const;

/** Calls a function with a folder and the features of all images. */
async function withParts(
  f: (folder: string, parts: { train: Features; test: Features }) => Promise<void>,
): Promise<void> {
  await tf.setBackend("cpu");
  const folder = await Deno.makeTempDir();
  await f(folder, {
    train: features([[0.1, -1e-30], [3, 16777217]], [0, 1]),
    test: features([[1 / 3, 0]], [1]),
  });
  await Deno.remove(folder, { recursive: true });
}

/** The values of an array of NumPy, without its header. */
const numbersOf = (bytes: Uint8Array) => {
  const start = 10 + new DataView(bytes.buffer).getUint16(8, true);
  return [...new Float32Array(bytes.slice(start).buffer)];
};

permittedTest(
  "saveFeatures() writes the same rows as safetensors, as an array of NumPy and as CSV",
  files,
  () =>
    withParts(async (folder, parts) => {
      const path = (ending: string) => `${folder}/x${ending}`;
      await saveFeatures(path(".safetensors"), parts, { data });
      const { tensors } = await readSafetensors(path(".safetensors"));
      const stored = ["train", "test"].flatMap((part) => [...tensors[`${part}.features`]!.data]);

      const written = await saveFeatures(path(".NPY"), parts, { data });
      assertEquals(written, [path(".NPY"), path(".labels.csv")]);
      assertEquals(numbersOf(await Deno.readFile(path(".NPY"))), stored);

      assertEquals(await saveFeatures(path(".csv"), parts, { data }), [path(".csv")]);
      const [head, ...lines] = (await Deno.readTextFile(path(".csv"))).split("\r\n");
      assertEquals(head, "part,path,label,feature0,feature1");
      assertEquals(lines.pop(), "");
      const numbers = lines.flatMap((line) => line.split(",").slice(-2).map(Number));
      assertEquals(numbers.map(Math.fround), stored);
    }),
);

permittedTest(
  "saveFeatures() says in CSV what each row is, with what ends a cell between quotes",
  files,
  () =>
    withParts(async (folder, parts) => {
      await saveFeatures(`${folder}/x.npy`, parts, { data });
      assertEquals((await Deno.readTextFile(`${folder}/x.labels.csv`)).split("\r\n"), [
        "part,path,label",
        'train,"train/a,b/1.png","a,b"',
        'train,"train/c/""2"".png",c',
        "test,val/c/3.png,c",
        "",
      ]);
    }),
);

permittedTest(
  "saveFeatures() names the columns of several levels, and leaves out what is not labeled",
  files,
  () =>
    withParts(async (folder, { train, test }) => {
      const header = async (classes: Dataset["classes"]) => {
        await saveFeatures(`${folder}/x.npy`, { train, test }, { data: { ...data, classes } });
        return (await Deno.readTextFile(`${folder}/x.labels.csv`)).split("\r\n")[0];
      };
      assertEquals(await header({ fine: [], coarse: [] }), "part,path,label.fine,label.coarse");
      assertEquals(await header({}), "part,path");
    }),
);

permittedTest(
  "saveFeatures() refuses other endings, and features of other images",
  files,
  () =>
    withParts(async (folder, parts) => {
      for (const name of ["x.png", "x.npz", "x", "x.csv.gz", ".npy/x"]) {
        await assertRejects(
          () => saveFeatures(`${folder}/${name}`, parts, { data }),
          TypeError,
          'features are written as ".safetensors", ".npy" or ".csv", not as ',
        );
      }
      await assertRejects(
        () => saveFeatures(`${folder}/x.csv`, { ...parts, test: null }, { data }),
        RangeError,
        "Cannot save 0 features of the test part of set: it has 1 images",
      );
    }),
);

permittedTest(
  "saveFeatures() says in a sentence where it cannot write",
  files,
  () =>
    withParts(async (folder, parts) => {
      for (const ending of ["safetensors", "npy", "csv"]) {
        const path = `${folder}/gone/x.${ending}`;
        const refused = () => saveFeatures(path, parts, { data });
        const message = `Cannot write to ${path}: No such file or directory (os error 2); see that`;
        await assertRejects(refused, Error, message);
      }
    }),
);
