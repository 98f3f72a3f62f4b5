import type * as tf from "@tensorflow/tfjs";
import type { MugsState } from "../methods/mugs/state.ts";
import type { State } from "../pretraining/mod.ts";
import { flatten, type Named } from "../tree/mod.ts";
import { Arguments, pytorchFile, type PytorchTensor } from "./pytorch_file.ts";

/** What the file of the official program contains beside a state. */
export type OriginalFileOptions = {
  /** The program's arguments. */
  args: Record<string, unknown>;
  /** The number of completed epochs. */
  epoch: number;
  /** The student's learned parameters by group of the optimizer, in the order of their numbers. */
  groups: Record<string, string[]>;
  /** Names of the student's parameters in the order of the file; others follow. */
  order?: string[];
  /** Replaces a tensor of the state, by its name in our checkpoints; `null` keeps it. */
  instead?: (name: string) => tf.Tensor | null;
};

/** The file that the official `main.py` saves after an epoch. */
export function originalFile(
  state: State<MugsState>,
  { args, epoch, groups, order = [], instead = () => null }: OriginalFileOptions,
): Uint8Array<ArrayBuffer> {
  const branch = (path: string, named: Named, prefix = "") =>
    new Map(
      Object.entries(named).map(([name, t]) => [
        prefix + name,
        stored(instead(`${path}.${prefix.replace("module.", "")}${name}`) ?? t),
      ]),
    );
  const network = (role: "student" | "teacher", prefix = "") => {
    const named = flatten(state.learner[role]);
    const names = new Set([...order.filter((name) => named[name]), ...Object.keys(named)]);
    const ordered = [...names].map((name) => [name, named[name]!] as const);
    return branch(role, Object.fromEntries(ordered), prefix);
  };
  const { memories, queues, center } = state.buffers;
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

/** An optimizer's state: by kind a tensor for each parameter; AdamW also has numbers of steps. */
export type Kept = Record<string, Named>;

/**
 * The state of PyTorch's optimizer: parameters are numbered group after group, and those that never
 * moved have no state.
 */
function optimizer({ step, ...moments }: Kept, groups: Record<string, string[]>) {
  const names = Object.values(groups).flat();
  const states = names.map((name, i) => {
    const state = new Map<string, PytorchTensor>();
    for (const [kind, named] of Object.entries(moments)) state.set(kind, stored(named[name]!));
    const count = step?.[name.includes("last_layer") ? "last_layer" : "all"];
    if (count) state.set("step", stored(count));
    return [i, state] as const;
  });
  const hasMoved = (state: Map<string, PytorchTensor>) =>
    [...state.values()].some(({ data }) => data.some(Boolean));
  return {
    state: new Map(states.filter(([, state]) => hasMoved(state))),
    param_groups: Object.entries(groups).map(([name, members]) => ({
      name,
      params: members.map((name) => names.indexOf(name)),
    })),
  };
}

/** A tensor as PyTorch stores it: integers have 64 bits. */
function stored(tensor: tf.Tensor): PytorchTensor {
  const data = tensor.dataSync();
  return {
    shape: tensor.shape,
    data: data instanceof Int32Array ? BigInt64Array.from(data, BigInt) : data as Float32Array,
  };
}
