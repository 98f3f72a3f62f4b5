import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { type Golden, golden } from "../testing/goldens.ts";
import { look } from "../testing/golden_files.ts";
import { sampleConfig } from "../testing/sample_config.ts";
import { type Kept, originalFile } from "../testing/original_file.ts";
import {
  compareBuffers,
  compareLosses,
  compareMoments,
  compareNetworks,
  recordedRun,
} from "../testing/train_step.ts";
import { flatten } from "../tree/mod.ts";
import type { MugsState } from "../methods/mugs/state.ts";
import { now as nowOf, type State, step } from "../pretraining/mod.ts";
import { openOriginal, restoreOriginal } from "./mod.ts";

golden("train_step", "a .pth of the original continues at every epoch", async (g) => {
  const { config, stepsPerEpoch, state: first, numbers, batch } = recordedRun(g);
  const path = await Deno.makeTempFile({ suffix: ".pth" });
  try {
    let state: State = first;
    for (let t = 0; t < g.json.iterations.length; t++) {
      if (t > 0 && t % stepsPerEpoch === 0) {
        await Deno.writeFile(path, officialFile(g, state, t / stepsPerEpoch));
        const original = openOriginal(path, { heads: config.heads });
        assertEquals({ ...config, ...original.config }, config);
        state = restoreOriginal(original, config, stepsPerEpoch);
        assertEquals(state.step.dataSync()[0], t);
      }
      const now = nowOf(numbers(t), t, config);
      const [next, facts] = step(state, batch(t), { now, config });
      compareLosses(g, facts.losses, t);
      compareBuffers(g, next, `it${t}.after`);
      compareNetworks(g, next, `it${t}.after`);
      state = next;
    }
    compareMoments(g, state);
  } finally {
    await Deno.remove(path);
  }
}, { files: "train_step*.safetensors" });

const place = look("checkpoints");
Deno.test({
  name: "checkpoints: every full checkpoint of the original gives a state with its values",
  ignore: "missing" in place && !place.named,
  fn: async () => {
    assert("paths" in place, "missing" in place ? place.missing : "");
    await tf.setBackend("cpu");
    const [folder] = place.paths;
    const { config: { num_heads: heads }, files } = JSON.parse(
      await Deno.readTextFile(`${folder}/expected.json`),
    );
    const full = Object.entries<File>(files).filter(([, { tensors = [], args }]) =>
      args && tensors.some(({ path: [key] }) => key === "optimizer")
    );
    assert(full.length > 0);
    for (const [name, { tensors }] of full) holds(`${folder}/${name}`, tensors, heads);
  },
});

type File = {
  args?: unknown;
  tensors: { path: string[]; shape: number[]; first4: number[]; abs_sum: number }[];
};

/**
 * The state of a full checkpoint has as many steps as its epochs, and the first values of all of
 * its tensors.
 */
function holds(path: string, tensors: File["tensors"], heads: number) {
  const original = openOriginal(path, { heads });
  const state = restoreOriginal(original, { ...sampleConfig, ...original.config }, 3);
  assertEquals(state.step.dataSync()[0], 3 * original.epoch);
  const first = (all: tf.Tensor[]) =>
    all.map((t) => `${t.shape}: ${Array.from(t.dataSync().slice(0, 4)).join(" ")}`).sort();
  const { step: _, optimizer, ...rest } = state;
  const { step: steps, ...moments } = optimizer as Kept;
  const official = (some: File["tensors"]) =>
    some.map(({ shape, first4 }) => `${shape}: ${first4.join(" ")}`).sort();
  const others = tensors.filter(({ path: [key] }) => key !== "optimizer");
  assertEquals(first(Object.values(flatten(rest))), official(others));
  // Of parameters that were frozen until now the file has no moments; here they are zeros.
  const nonzeroOf = (named: Record<string, tf.Tensor>) =>
    Object.values(named).filter((tensor) => tensor.dataSync().some(Boolean));
  const nonzero = tensors.filter(({ path: [key], abs_sum }) => key === "optimizer" && abs_sum > 0);
  const officialMoments = (step: boolean) =>
    official(nonzero.filter(({ path }) => (path.at(-1) === "step") === step));
  assertEquals(first(nonzeroOf(flatten(moments))), officialMoments(false));
  assertEquals([...new Set(first(nonzeroOf(steps!)))], [...new Set(officialMoments(true))]);
}

/**
 * The official tensors after an epoch where the golden has them, else those of a state, which has
 * been held against all that it has.
 */
function officialFile(g: Golden, state: State, epoch: number): Uint8Array<ArrayBuffer> {
  const { config: args, iterations, param_groups: groups } = g.json;
  const at = `it${epoch * iterations.length / args.epochs - 1}.after`;
  return originalFile(state as State<MugsState>, {
    args,
    epoch,
    groups,
    // The gradients stand in the order of the official network's parameters.
    order: Object.keys(iterations[0].grad_norms),
    instead: (name) => {
      const stored = `${at}.${
        name.replace("_mem.block.queue_q", "_mem.queue").replace(
          "_mem.block.queue_ptr",
          "_mem.queue_ptr",
        )
      }`;
      return g.names.includes(stored) ? g.tensor(stored) : null;
    },
  });
}
