import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import type { Config } from "../configs/mod.ts";
import { methods } from "../methods/mod.ts";
import { narrow, noiseSamples } from "../testing/narrow_config.ts";
import { tensorflowTest } from "../testing/permitted.ts";
import { dispose, flatten, type Tree } from "../tree/mod.ts";
import { openState, pretrain, restoreState, saveState, type State } from "./mod.ts";

const samples = noiseSamples(8);

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
