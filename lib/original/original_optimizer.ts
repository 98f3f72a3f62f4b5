import { type Located, TensorView } from "../checkpoint/mod.ts";
import type { Config } from "../configs/mod.ts";
import { methodOf } from "../methods/mod.ts";
import { groupName } from "../optim/mod.ts";

/** What PyTorch's optimizers keep of each parameter, under the names that both use. */
const kept = { adamw: ["exp_avg", "exp_avg_sq"], sgd: ["momentum_buffer"], lars: ["mu"] } as const;

/** What the state of PyTorch's optimizer is read with. */
export type OriginalOptimizerOptions = {
  /** Shapes of the student's tensors in the order of the file, which is that of its parameters. */
  student: Record<string, number[]>;
  config: Config;
  /** What to call the checkpoint in errors. */
  path: string;
};

/**
 * The state of PyTorch's optimizer by our names. PyTorch numbers the parameters group after group; a parameter without a
 * state has been frozen until now.
 *
 * Source: PyTorch, torch/optim/optimizer.py, `state_dict`.
 *
 * @throws {TypeError} If its parameters are not those of the student.
 */
export function originalOptimizer(
  stored: unknown,
  { student, config, path }: OriginalOptimizerOptions,
): Record<string, Located> {
  const refuse = (why: string): never => {
    throw new TypeError(`Cannot continue from ${path}: ${why}`);
  };
  const [groups, states] = ["param_groups", "state"].map((key) =>
    stored instanceof Map ? stored.get(key) : undefined
  );
  if (!Array.isArray(groups) || !(states instanceof Map)) return refuse("it has no optimizer");
  const found: Record<string, Located> = {};
  const steps: Record<"all" | "last_layer", Set<number>> = {
    all: new Set(),
    last_layer: new Set(),
  };
  const { learned } = methodOf(config);
  const names = Object.keys(student).filter((name) => learned(name, config));
  for (const group of groups) {
    if (!(group instanceof Map)) return refuse("its optimizer has no groups");
    const own = names.filter((name) => groupName(name, student[name].length) === group.get("name"));
    const numbers = group.get("params") as number[];
    if (own.length !== numbers?.length) {
      refuse(
        `the group "${
          group.get("name")
        }" of its optimizer has ${numbers?.length} parameters, and ` +
          `its student ${own.length}`,
      );
    }
    own.forEach((name, i) => {
      const state: ReadonlyMap<string, unknown> = states.get(numbers[i]) ?? new Map();
      for (const kind of kept[config.optimizer]) {
        found[`optimizer.${kind}.${name}`] = moment(state.get(kind), student[name]);
      }
      steps[name.includes("last_layer") ? "last_layer" : "all"].add(count(state.get("step")));
    });
  }
  if (config.optimizer !== "adamw") return found;
  for (const [which, seen] of Object.entries(steps)) {
    const [step] = seen;
    if (seen.size !== 1) refuse(`its parameters have been moved ${[...seen]} times`);
    found[`optimizer.step.${which}`] = {
      dtype: "F32",
      shape: [],
      read: () => Float32Array.of(step),
    };
  }
  return found;
}

/** What is kept of a parameter; zeros where it has not moved yet. */
function moment(view: unknown, shape: number[]): Located {
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
