import * as tf from "@tensorflow/tfjs";
import { compile, type Compiled } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import type { Network } from "../methods/mod.ts";
import { type OptimizerState, toBranches } from "../optim/mod.ts";
import { numberOf, type StepFacts } from "../training/mod.ts";
import { dispose, flatten, type Named, type Tree, unflatten } from "../tree/mod.ts";
import { move, type MoveLayout, moveStacked } from "./move.ts";
import type { Now } from "./now.ts";
import type { Parts } from "./parts.ts";
import type { Pass } from "./pass.ts";
import type { State } from "./state.ts";

/** One parameter, or several, with all that goes with them. */
type Parameters = {
  student: Named;
  /** Those that the teacher has. */
  teacher: Named;
  /** The optimizer's state of them, and what all parameters share. */
  optimizer: Named;
};

/** How parameters move, compiled. */
export type MoveParameters =
  & Compiled<[Parameters, Named, Now["numbers"]], Parameters>
  & MoveLayout;

/**
 * Compiles {@linkcode move}: one function for all single parameters of a kind, or for all of them
 * together.
 */
export function compileMove(config: Config, { together = false }: MoveLayout): MoveParameters {
  const moveAll = together ? moveStacked : move;
  const compiled = compile(
    (parameters: Parameters, gradients: Named, numbers: Now["numbers"]) =>
      tf.tidy(() => {
        const { optimizer, ...rest } = parameters;
        const whole = { ...rest, optimizer: toBranches(optimizer) };
        const [next] = moveAll(whole, gradients, { numbers, config });
        return { ...next, optimizer: flatten(next.optimizer) };
      }) as Parameters,
    { name: "move" },
  );
  return Object.assign(compiled, { together });
}

/** The part of a state that moves; the buffers are filled. */
export type Moving = Omit<State, "buffers">;

/**
 * The second half of a step but for the buffers, parameter by parameter or all together: gradients,
 * and all tensors of the state that have a next one, are used up on the way. Where the gradient is
 * not finite nothing is, and there is no next state.
 */
export function moveInParts(
  { move, norm }: Pick<Parts, "move" | "norm">,
  state: Moving,
  { gradients, statistics, numbers }:
    & Pick<Pass, "gradients" | "statistics">
    & Pick<Now, "numbers">,
): [Moving | null, Pick<StepFacts, "gradientNorm">] {
  const gradientNorm = norm(gradients);
  if (!Number.isFinite(numberOf(gradientNorm))) return [null, { gradientNorm }];
  const { student, teacher } = state.learner;
  const whole: Parameters = {
    student: flatten(student),
    teacher: teacher ? flatten(teacher) : {},
    optimizer: flatten(state.optimizer),
  };
  const names = Object.keys(gradients);
  const paths = optimizerPaths(state.optimizer, names);
  const shared = pick(whole.optimizer, paths.shared);
  const placeOf = move.together ? (name: string) => name : withoutNumbers;
  for (const set of move.together ? [names] : names.map((name) => [name])) {
    const place = { names: set, paths: set.flatMap((name) => paths.of[name]!), placeOf };
    const parameters: Parameters = {
      student: pick(whole.student, set, placeOf),
      teacher: pick(whole.teacher, set.filter((name) => name in whole.teacher), placeOf),
      optimizer: pick(whole.optimizer, place.paths, placeOf),
    };
    const optimizer = { ...parameters.optimizer, ...shared };
    const used = pick(gradients, set, placeOf);
    const next = move({ ...parameters, optimizer }, used, numbers);
    dispose(used, parameters);
    put(next, whole, { ...place, shared });
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

/**
 * Parameters that move at once: their names, their paths in the optimizer's state, and by what
 * names the compiled function knows them.
 */
type Place = { names: readonly string[]; paths: readonly string[]; placeOf: Rename };

type Rename = (name: string) => string;

/** Puts parameters that have moved into the places of those before. */
function put(
  next: Parameters,
  whole: Parameters,
  { names, paths, placeOf, shared }: Place & { shared: Named },
): void {
  for (const name of names) {
    whole.student[name] = next.student[placeOf(name)]!;
    if (name in whole.teacher) whole.teacher[name] = next.teacher[placeOf(name)]!;
  }
  for (const path of paths) whole.optimizer[path] = next.optimizer[placeOf(path)]!;
  // Every parameter moves from the same value of what they share; the last result is kept.
  for (const path of Object.keys(shared)) {
    if (whole.optimizer[path] !== shared[path]) whole.optimizer[path]!.dispose();
    whole.optimizer[path] = next.optimizer[path]!;
  }
}

function pick(named: Named, names: readonly string[], rename: Rename = (name) => name): Named {
  return Object.fromEntries(names.map((name) => [rename(name), named[name]!]));
}

function network(tensors: Named, statistics: Tree): Network {
  return unflatten<Network>({ ...tensors, ...flatten(statistics) });
}

/** A name without the numbers of blocks: blocks are equal, and one function serves all of them. */
function withoutNumbers(name: string): string {
  return name.replaceAll(/(?<=\.)\d+(?=\.)/g, "n");
}
