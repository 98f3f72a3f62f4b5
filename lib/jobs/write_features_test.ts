import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertRejects } from "@std/assert";
import { writeSafetensors } from "../checkpoint/mod.ts";
import type { Config } from "../configs/mod.ts";
import { granules } from "../datasets/mod.ts";
import { initState, saveState } from "../pretraining/mod.ts";
import { permittedTest, tensorflowPermissions } from "../testing/permitted.ts";
import { sampleConfig } from "../testing/sample_config.ts";
import { writeImages } from "../testing/task_run.ts";
import { tinyVit } from "../testing/tiny_vit.ts";
import { dispose } from "../tree/mod.ts";
import { prepareFeatures, writeFeatures } from "./mod.ts";

permittedTest(
  "writeFeatures() keeps no tensor, with a test part and without",
  tensorflowPermissions,
  async () => {
    await tf.setBackend("cpu");
    const folder = await Deno.makeTempDir();
    const checkpoint = `${folder}/checkpoint.safetensors`;
    const state = initState(sampleConfig as Config);
    await saveState(checkpoint, state, { config: sampleConfig as Config });
    dispose(state);
    const tensors = tf.memory().numTensors;
    for (const test of [4, 0]) {
      const data = granules({ train: 4, test });
      const out = `${folder}/features${test}.safetensors`;
      const job = await prepareFeatures({ data, checkpoint, out, backend: "cpu" });
      const { train, test: scored } = await writeFeatures(job);
      assertEquals([train, scored, tf.memory().numTensors], [4, test, tensors]);
    }
    await Deno.remove(folder, { recursive: true });
  },
);

permittedTest(
  "prepareFeatures() lets nothing be written over what is read, by whatever path",
  ["read", "write", "ffi", "env", "sys"],
  async () => {
    const home = await Deno.makeTempDir();
    await writeImages(home);
    const path = (name: string) => `${home}/${name}`;
    const [checkpoint, labels] = [path("weights.npy"), path("list.csv")];
    await writeSafetensors(checkpoint, tinyVit());
    await Deno.writeTextFile(labels, "0.png\n1.png\n2.png\n");
    await Deno.symlink(path("set/train/dark/0.png"), path("image.csv"));
    await Deno.link(path("set/val/light/1.png"), path("linked.safetensors"));
    await Deno.symlink(checkpoint, path("weights.csv"));
    await Deno.symlink(labels, path("x.labels.csv"));
    const request = { checkpoint, labels, heads: 2, data: path("set"), fresh: true };
    const prepare = (out: string) => prepareFeatures({ ...request, out: path(out) });
    const read = ["weights.npy", "list.csv", "image.csv", "linked.safetensors", "weights.csv"];
    for (const out of [...read, "set/../list.csv", "x.npy"]) {
      await assertRejects(() => prepare(out), Error, "it is read, too", out);
    }
    assertEquals((await prepare("y.npy")).out, path("y.npy"));
    await Deno.remove(home, { recursive: true });
  },
);

permittedTest(
  "prepareFeatures() asks for `fresh` where one of the files to write is there",
  ["read", "write"],
  async () => {
    const home = await Deno.makeTempDir();
    await writeSafetensors(`${home}/a.safetensors`, tinyVit());
    await Deno.writeTextFile(`${home}/x.labels.csv`, "");
    const request = { checkpoint: `${home}/a.safetensors`, heads: 2, data: granules({ train: 2 }) };
    const prepare = (fresh: boolean) =>
      prepareFeatures({ ...request, fresh, out: `${home}/x.npy` });
    await assertRejects(() => prepare(false), Error, "x.labels.csv: it is there already; `fresh`");
    assertEquals((await prepare(true)).out, `${home}/x.npy`);
    await Deno.remove(home, { recursive: true });
  },
);
