import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import type { Config } from "../configs/mod.ts";
import type { Sample } from "../datasets/mod.ts";
import { methods } from "../methods/mod.ts";
import { Random } from "../random/mod.ts";
import { tensorflowTest } from "../testing/permitted.ts";
import { dispose, flatten, type Tree } from "../tree/mod.ts";
import { openState, pretrain, restoreState, saveState, type State } from "./mod.ts";

/** Images of noise, each of a color of its own. */
const samples: Sample[] = Array.from({ length: 8 }, (_, i) => ({
  id: `${i}`,
  labels: { class: i % 2 },
  read: () => {
    const random = new Random(i);
    const data = Uint8Array.from(
      { length: 64 * 64 * 3 },
      (_, j) => (40 * i * (j % 3 + 1) + random.integer(40)) % 256,
    );
    return Promise.resolve({ width: 64, height: 64, data });
  },
}));

/** A run of four steps as narrow as a preset for trials allows. */
function narrow(preset: Readonly<Config>): Config {
  const sizes = {
    ...{ width: 16, depth: 2, heads: 2, headHidden: 8, predictorHidden: 8, headOut: 8 },
    ...{ bottleneck: 8, prototypes: 16, patchPrototypes: 16, queue: 16, memory: 8, neighbors: 2 },
    ...{ instanceQueue: 16, localGroupQueue: 16, localCrops: preset.localCrops ? 2 : 0 },
    clusters: [5, 3],
  };
  const fields = Object.entries(sizes).filter(([name]) => name in preset);
  const { resnet } = preset;
  return {
    ...preset,
    ...Object.fromEntries(fields),
    ...resnet && { resnet: { ...resnet, planes: [4, 4, 8, 8], stemWidth: 4 } },
    preset: "narrow",
    precision: "float32",
    batchSize: 4,
    epochs: 2,
    dropPath: resnet ? 0 : preset.dropPath,
  };
}

/** Runs to a step, from a state or from the start. */
async function runTo(config: Config, steps: number, state?: State): Promise<State> {
  let last = state;
  for await (const fact of pretrain(samples, config, { workers: 0, state })) {
    last = fact.state;
    assert(Number.isFinite(fact.losses.total));
    if (fact.step === steps) break;
  }
  return last!;
}

const valuesOf = (tree: Tree) =>
  Object.entries(flatten(tree)).map(([name, tensor]) => [name, Array.from(tensor.dataSync())]);

for (const { title, presets } of Object.values(methods)) {
  for (const preset of [presets.tiny!, ...presets.tiny_resnet ? [presets.tiny_resnet] : []]) {
    tensorflowTest(
      `${title}, ${preset.preset}: a run that is resumed is the whole run`,
      async () => {
        const config = narrow(preset);
        const tensors = tf.memory().numTensors;
        const whole = await runTo(config, 4);
        const path = await Deno.makeTempFile({ suffix: ".safetensors" });
        const half = await runTo(config, 2);
        await saveState(path, half, { config });
        dispose(half);
        const resumed = await runTo(config, 4, restoreState(openState(path)));
        assertEquals(valuesOf(resumed), valuesOf(whole));
        dispose(resumed);
        dispose(whole);
        assertEquals(tf.memory().numTensors, tensors);
        await Deno.remove(path);
      },
    );
  }
}
