import { type Located, TensorView } from "../checkpoint/mod.ts";
import type { Config } from "../configs/mod.ts";
import { methodOf } from "../methods/mod.ts";
import { groupName, isLast } from "../optim/mod.ts";

/** What PyTorch's optimizers keep of each parameter, under the names that both use. */
const moments = {
  adamw: ["exp_avg", "exp_avg_sq"],
  sgd: ["momentum_buffer"],
  lars: ["mu"],
  lars_simclr: ["mu"],
  larc: ["momentum_buffer"],
} as const;

/** What the state of PyTorch's optimizer is read with. */
export type OriginalOptimizerOptions = {
  /** Shapes of the student's tensors in the order of the file, which is that of its parameters. */
  student: Record<string, number[]>;
  config: Config;
  /** What to call the checkpoint in errors. */
  path: string;
};

/**
 * The state of PyTorch's optimizer by our names. PyTorch numbers the parameters group after group;
 * a parameter without a state has been frozen until now.
 *
 * Source: PyTorch, torch/optim/optimizer.py, `state_dict`.
 *
 * @throws {TypeError} If its parameters are not those of the student.
 */
export function originalOptimizer(
  stored: unknown,
  { student, config, path }: OriginalOptimizerOptions,
): Record<string, Located> {
  const { learned } = methodOf(config);
  const names = Object.keys(student).filter((name) => learned(name, config));
  const tensors: Record<string, Located> = {};
  const steps = { all: new Set<number>(), last_layer: new Set<number>() };
  for (const [name, state] of statesOf(stored, { names, student, path })) {
    for (const moment of moments[config.optimizer]) {
      tensors[`optimizer.${moment}.${name}`] = momentOf(state.get(moment), student[name]!);
    }
    steps[isLast(name) ? "last_layer" : "all"].add(count(state.get("step")));
  }
  if (config.optimizer !== "adamw") return tensors;
  for (const [counter, counts] of Object.entries(steps)) {
    const [step = 0, ...others] = counts;
    if (others.length) refuse(path, `its parameters have been moved ${[...counts]} times`);
    const read = () => Float32Array.of(step);
    tensors[`optimizer.step.${counter}`] = { dtype: "F32", shape: [], read };
  }
  return tensors;
}

/** What PyTorch keeps of each parameter, by our names. */
function* statesOf(
  stored: unknown,
  { names, student, path }: Pick<OriginalOptimizerOptions, "student" | "path"> & {
    names: readonly string[];
  },
): Generator<[name: string, state: ReadonlyMap<string, unknown>]> {
  const [groups, states] = ["param_groups", "state"].map((key) =>
    stored instanceof Map ? stored.get(key) : undefined
  );
  if (!Array.isArray(groups) || !(states instanceof Map)) {
    return refuse(path, "it has no optimizer");
  }
  for (const group of groups) {
    if (!(group instanceof Map)) return refuse(path, "its optimizer has no groups");
    const title = group.get("name"), numbers: number[] | undefined = group.get("params");
    const members = names.filter((name) => groupName(name, student[name]!.length) === title);
    if (members.length !== numbers?.length) {
      refuse(
        path,
        `the group "${title}" of its optimizer has ${numbers?.length} parameters, and its ` +
          `student ${members.length}`,
      );
    }
    for (const [i, name] of members.entries()) {
      yield [name, states.get(numbers?.[i]) ?? new Map()];
    }
  }
}

function refuse(path: string, why: string): never {
  throw new TypeError(`Cannot continue from ${path}: ${why}`);
}

/** What is kept of a parameter; zeros where it has not moved yet. */
function momentOf(view: unknown, shape: number[]): Located {
  if (view instanceof TensorView) {
    return { dtype: view.dtype, shape: view.shape, read: () => view.values() };
  }
  const size = shape.reduce((product, n) => product * n, 1);
  return { dtype: "F32", shape, read: () => new Float32Array(size) };
}

/** How often a parameter has been moved: a number, or since PyTorch 1.12 a tensor. */
function count(step: unknown): number {
  return Number(step instanceof TensorView ? step.values()[0] : step ?? 0);
}
