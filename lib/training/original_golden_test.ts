import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { type Golden, golden } from "../testing/goldens.ts";
import { look } from "../testing/golden_files.ts";
import { sampleConfig } from "../testing/sample_config.ts";
import { Arguments, pytorchFile, type Written } from "../testing/pytorch_file.ts";
import {
  compareBuffers,
  compareLosses,
  compareMoments,
  compareNetworks,
  recordedRun,
} from "../testing/train_step.ts";
import { flatten, type Named } from "../tree/mod.ts";
import { now as nowOf, openOriginal, restoreOriginal, type State, step } from "./mod.ts";

golden("train_step", "a .pth of the original continues at every epoch", async (g) => {
  const { config, stepsPerEpoch, state: first, moment, batch } = recordedRun(g);
  const path = await Deno.makeTempFile({ suffix: ".pth" });
  try {
    let state = first;
    for (let t = 0; t < g.json.iterations.length; t++) {
      if (t > 0 && t % stepsPerEpoch === 0) {
        await Deno.writeFile(path, originalFile(g, state, t / stepsPerEpoch));
        const original = openOriginal(path, { heads: config.heads });
        assertEquals({ ...config, ...original.config }, config);
        state = restoreOriginal(original, config, stepsPerEpoch);
        assertEquals(state.step.dataSync()[0], t);
      }
      const now = nowOf(moment(t), t, config);
      const [next, facts] = step(state, batch(t), { now, config });
      compareLosses(g, facts, t);
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
  tensors: { path: string[]; shape: number[]; first4: number[] }[];
};

/** The state of a full checkpoint has as many steps as its epochs, and the first values of all of its tensors. */
function holds(path: string, tensors: File["tensors"], heads: number) {
  const original = openOriginal(path, { heads });
  const state = restoreOriginal(original, { ...sampleConfig, ...original.config }, 3);
  assertEquals(state.step.dataSync()[0], 3 * original.epoch);
  const first = (all: tf.Tensor[]) =>
    all.map((t) => `${t.shape}: ${Array.from(t.dataSync().slice(0, 4)).join(" ")}`).sort();
  const { step: _, optimizer, ...rest } = state;
  const { step: steps, ...moments } = optimizer as Kept;
  const official = (chosen: (path: string[]) => boolean) =>
    tensors.filter(({ path }) => chosen(path))
      .map(({ shape, first4 }) => `${shape}: ${first4.join(" ")}`).sort();
  assertEquals(first(Object.values(flatten(rest))), official(([key]) => key !== "optimizer"));
  const isMoment = (path: string[]) => path[0] === "optimizer" && path.at(-1) !== "step";
  assertEquals(first(Object.values(flatten(moments))), official(isMoment));
  const counted = tensors.filter(({ path }) => path[0] === "optimizer" && path.at(-1) === "step");
  const counts = [...new Set(counted.flatMap(({ first4 }) => first4))];
  assertEquals([...new Set(first(Object.values(steps)))], counts.map((count) => `: ${count}`));
}

/**
 * What the original saves after an epoch: the official tensors where the golden has them, else those of the state, which
 * has been held against all that it has.
 */
function originalFile(g: Golden, state: State, epoch: number): Uint8Array<ArrayBuffer> {
  const { config: args, iterations, param_groups: groups } = g.json;
  const at = `it${epoch * iterations.length / args.epochs - 1}.after`;
  const official = (name: string, own: tf.Tensor) =>
    written(g.names.includes(`${at}.${name}`) ? g.tensor(`${at}.${name}`) : own);
  const network = (who: "student" | "teacher", prefix = "") => {
    const tensors = flatten(state[who]);
    // The gradients stand in the order of the official network's parameters.
    const order = Object.keys(iterations[0].grad_norms).filter((name) => tensors[name]);
    const names = [...new Set([...order, ...Object.keys(tensors)])];
    return new Map(
      names.map((name) => [prefix + name, official(`${who}.${name}`, tensors[name])]),
    );
  };
  const memory = (who: "student" | "teacher") =>
    new Map(
      Object.entries(state.memories[who]).map(([name, tensor]) => [
        `block.${name}`,
        official(`${who}_mem.${name.replace("queue_q", "queue")}`, tensor),
      ]),
    );
  const queue = (who: string, own: Named) =>
    new Map(
      Object.entries(own).map(([name, tensor]) => [name, official(`${who}.${name}`, tensor)]),
    );
  return pytorchFile(
    new Map<string, unknown>([
      ["student", network("student", "module.")],
      ["teacher", network("teacher")],
      ["student_mem", memory("student")],
      ["teacher_mem", memory("teacher")],
      ["optimizer", optimizer(state.optimizer as Kept, groups)],
      ["epoch", epoch],
      ["args", new Arguments(args)],
      ["instance-sup.", queue("instance", state.queues.instance)],
      ["local-group-sup.", queue("local_group", state.queues.localGroup)],
      ["group-sup.", queue("group", { center: state.center })],
    ]),
  );
}

/** An optimizer's state: what is kept of each parameter, and of AdamW the number of steps. */
type Kept = Record<string, Named>;

/** The state of PyTorch's optimizer, in which parameters are numbered group after group and what never moved has none. */
function optimizer({ step, ...kept }: Kept, groups: Record<string, string[]>) {
  const names = Object.values(groups).flat();
  const states = names.map((name, i) => {
    const count = step?.[name.includes("last_layer") ? "last_layer" : "all"];
    const own = Object.entries(kept).map(([kind, of]) => [kind, written(of[name])] as const);
    return [i, new Map([...own, ...count ? [["step", written(count)] as const] : []])] as const;
  });
  const moved = states.filter(([, own]) =>
    [...own.values()].some(({ data }) => data.some(Boolean))
  );
  return {
    state: new Map(moved),
    param_groups: Object.entries(groups).map(([name, own]) => ({
      name,
      params: own.map((name) => names.indexOf(name)),
    })),
  };
}

/** A tensor as PyTorch has it: integers have 64 bits. */
function written(tensor: tf.Tensor): Written {
  const data = tensor.dataSync();
  return {
    shape: tensor.shape,
    data: data instanceof Int32Array ? BigInt64Array.from(data, BigInt) : data as Float32Array,
  };
}
