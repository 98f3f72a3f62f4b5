import type * as tf from "@tensorflow/tfjs";
import type { State } from "../training/mod.ts";
import { flatten, type Named } from "../tree/mod.ts";
import { Arguments, pytorchFile, type Written } from "./pytorch_file.ts";

/** What the file of the original needs beside a state. */
export type OriginalFileOptions = {
  /** The arguments of its program. */
  args: Record<string, unknown>;
  /** Epochs that it has done. */
  epoch: number;
  /** The student's learned parameters by group of the optimizer, in the order in which it numbers them. */
  groups: Record<string, string[]>;
  /** Names of the student's parameters in the order of the original; others follow. */
  order?: string[];
  /** What stands in for a tensor of the state, by its name in our checkpoints. */
  instead?: (name: string) => tf.Tensor | null;
};

/** The file that the original's `main.py` saves after an epoch. */
export function originalFile(
  state: State,
  { args, epoch, groups, order = [], instead = () => null }: OriginalFileOptions,
): Uint8Array<ArrayBuffer> {
  const branch = (path: string, own: Named, prefix = "") =>
    new Map(
      Object.entries(own).map(([name, t]) => [
        prefix + name,
        written(instead(`${path}.${prefix.replace("module.", "")}${name}`) ?? t),
      ]),
    );
  const network = (who: "student" | "teacher", prefix = "") => {
    const own = flatten(state[who]);
    const names = new Set([...order.filter((name) => own[name]), ...Object.keys(own)]);
    return branch(who, Object.fromEntries([...names].map((name) => [name, own[name]])), prefix);
  };
  const { memories, queues, center } = state;
  return pytorchFile(
    new Map<string, unknown>([
      ["student", network("student", "module.")],
      ["teacher", network("teacher")],
      ["student_mem", branch("student_mem", memories.student, "block.")],
      ["teacher_mem", branch("teacher_mem", memories.teacher, "block.")],
      ["optimizer", optimizer(state.optimizer as Kept, groups)],
      ["epoch", epoch],
      ["args", new Arguments(args)],
      ["instance-sup.", branch("instance", queues.instance)],
      ["local-group-sup.", branch("local_group", queues.localGroup)],
      ["group-sup.", branch("group", { center })],
    ]),
  );
}

/** An optimizer's state: what is kept of each parameter, and of AdamW the number of steps. */
export type Kept = Record<string, Named>;

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
