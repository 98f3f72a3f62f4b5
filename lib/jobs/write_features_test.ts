import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import type { Config } from "../configs/mod.ts";
import { granules } from "../datasets/mod.ts";
import { initState, saveState } from "../pretraining/mod.ts";
import { permittedTest, tensorflowPermissions } from "../testing/permitted.ts";
import { sampleConfig } from "../testing/sample_config.ts";
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
