import * as tf from "@tensorflow/tfjs";
import { compile, type Compiled } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import type { Network } from "../methods/mod.ts";
import { clip, globalNorm, type OptimizerState, toBranches } from "../optim/mod.ts";
import { numberOf, type StepFacts } from "../training/mod.ts";
import { dispose, flatten, type Named, type Tree, unflatten } from "../tree/mod.ts";
import { move } from "./move.ts";
import type { Now } from "./now.ts";
import type { Pass } from "./pass.ts";
import type { State } from "./state.ts";

/** One parameter with all that goes with it, under names without the numbers of blocks. */
type Parameter = {
  student: Named;
  /** Empty where the teacher has none of it. */
  teacher: Named;
  /** The optimizer's state of it, and what all parameters share. */
  optimizer: Named;
};

/** How a single parameter moves, compiled: one function for all parameters of a kind. */
export type MoveParameter = Compiled<[Parameter, Named, Now["numbers"]], Parameter>;

/** Compiles {@linkcode move} for one parameter at a time. */
export function compileMove(config: Config): MoveParameter {
  return compile(
    (parameter: Parameter, gradient: Named, numbers: Now["numbers"]) =>
      tf.tidy(() => {
        const { optimizer, ...rest } = parameter;
        const whole = { ...rest, optimizer: toBranches(optimizer) };
        const [next] = move(whole, gradient, { numbers, config });
        return { ...next, optimizer: flatten(next.optimizer) };
      }) as Parameter,
    { name: "move" },
  );
}

/** The part of a state that moves; the buffers are filled. */
export type Moving = Omit<State, "buffers">;

/**
 * The second half of a step but for the buffers, parameter by parameter: gradients, and all tensors
 * of the state that have a next one, are used up on the way. Where the gradient is not finite
 * nothing is, and there is no next state.
 */
export function moveInParts(
  moveParameter: MoveParameter,
  state: Moving,
  { gradients, statistics, numbers }:
    & Pick<Pass, "gradients" | "statistics">
    & Pick<Now, "numbers">,
): [Moving | null, Pick<StepFacts, "gradientNorm">] {
  const gradientNorm = tf.tidy(() => globalNorm(clip(gradients, null)[1]));
  if (!Number.isFinite(numberOf(gradientNorm))) return [null, { gradientNorm }];
  const { student, teacher } = state.learner;
  const whole: Parameter = {
    student: flatten(student),
    teacher: teacher ? flatten(teacher) : {},
    optimizer: flatten(state.optimizer),
  };
  const paths = optimizerPaths(state.optimizer, Object.keys(gradients));
  const shared = pick(whole.optimizer, paths.shared);
  for (const [name, gradient] of Object.entries(gradients)) {
    const place = placeOf(name);
    const parameter: Parameter = {
      student: { [place]: whole.student[name]! },
      teacher: name in whole.teacher ? { [place]: whole.teacher[name]! } : {},
      optimizer: pick(whole.optimizer, paths.of[name]!, placeOf),
    };
    const optimizer = { ...parameter.optimizer, ...shared };
    const next = moveParameter({ ...parameter, optimizer }, { [place]: gradient }, numbers);
    dispose(gradient, parameter);
    put(next, whole, { name, paths: paths.of[name]!, shared });
  }
  const next: Moving = {
    step: tf.tidy(() => state.step.add<tf.Scalar>(tf.scalar(1, "int32"))),
    learner: {
      student: network(whole.student, statistics.student),
      ...teacher && { teacher: network(whole.teacher, statistics.teacher) },
    },
    optimizer: toBranches(whole.optimizer),
  };
  return [next, { gradientNorm }];
}

/** Where the optimizer's state lies: that of each parameter, and what all of them share. */
function optimizerPaths(
  optimizer: OptimizerState,
  names: readonly string[],
): { of: Record<string, string[]>; shared: string[] } {
  const all = new Set(Object.keys(flatten(optimizer)));
  const branches = Object.keys(optimizer);
  const pathsOf = (name: string) =>
    branches.map((branch) => `${branch}.${name}`).filter((path) => all.has(path));
  const of = Object.fromEntries(names.map((name) => [name, pathsOf(name)]));
  const single = new Set(Object.values(of).flat());
  return { of, shared: [...all].filter((path) => !single.has(path)) };
}

/** Puts a parameter that has moved into the place of the one before. */
function put(
  next: Parameter,
  whole: Parameter,
  { name, paths, shared }: { name: string; paths: readonly string[]; shared: Named },
): void {
  const place = placeOf(name);
  whole.student[name] = next.student[place]!;
  if (name in whole.teacher) whole.teacher[name] = next.teacher[place]!;
  for (const path of paths) whole.optimizer[path] = next.optimizer[placeOf(path)]!;
  // Every parameter moves from the same value of what they share; the last result is kept.
  for (const path of Object.keys(shared)) {
    if (whole.optimizer[path] !== shared[path]) whole.optimizer[path]!.dispose();
    whole.optimizer[path] = next.optimizer[path]!;
  }
}

function pick(named: Named, names: readonly string[], rename = (name: string) => name): Named {
  return Object.fromEntries(names.map((name) => [rename(name), named[name]!]));
}

function network(tensors: Named, statistics: Tree): Network {
  return unflatten<Network>({ ...tensors, ...flatten(statistics) });
}

/** A name without the numbers of blocks: blocks are equal, and one function serves all of them. */
function placeOf(name: string): string {
  return name.replaceAll(/(?<=\.)\d+(?=\.)/g, "n");
}
