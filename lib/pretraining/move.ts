import type * as tf from "@tensorflow/tfjs";
import type { Config } from "../configs/mod.ts";
import { methodOf } from "../methods/mod.ts";
import {
  clip,
  ema,
  isLast,
  optimizerOf,
  type OptimizerState,
  stack,
  type Stacked,
  stacksOf,
  unstack,
} from "../optim/mod.ts";
import type { Named } from "../tree/mod.ts";
import type { Now } from "./now.ts";

/** Parameters with all that goes with them: those of a network, or a single one. */
export type MovingTensors = {
  student: Named;
  /** The teacher's tensors of the same names; others of its tensors stay as they are. */
  teacher: Named;
  /** The optimizer's state of them. */
  optimizer: OptimizerState;
};

/** How the second half of a step is laid out; the result is the same but for rounding. */
export type MoveLayout = {
  /**
   * Whether equal parameters move as one: a tenth of the operations, which a GPU is sent one by
   * one, for copies of all tensors.
   */
  together?: boolean;
};

/** What parameters move by. */
type MoveOptions = Stacked & { numbers: Now["numbers"]; config: Config };

/**
 * How parameters move in a step: their gradients are clipped, the optimizer moves the student, and
 * the teacher follows where the method's schedules have a `momentum`.
 *
 * @returns The next parameters, and the norms of the gradients before clipping.
 */
export function move(
  { student, teacher, optimizer }: MovingTensors,
  gradients: Named,
  { numbers, config, stacked = false }: MoveOptions,
): [MovingTensors, norms: Named] {
  const { rate, weightDecay, frozen, clip: limit } = numbers;
  const { momentum, constantRate }: Partial<Record<string, tf.Scalar>> = numbers;
  const [clipped, norms] = clip(gradients, config.clipGradient > 0 ? limit : null, { stacked });
  const { update } = optimizerOf(config, methodOf(config).groups(config), { stacked });
  const [nextStudent, nextState] = update(student, clipped, {
    state: optimizer,
    rate,
    weightDecay,
    frozen,
    constantRate,
  });
  const nextTeacher = momentum ? ema(teacher, nextStudent, momentum) : teacher;
  return [{ student: nextStudent, teacher: nextTeacher, optimizer: nextState }, norms];
}

/**
 * As {@linkcode move}, but parameters of equal shape and group move as one. Each number is computed
 * as there, but for the order of the sums in norms.
 */
export function moveStacked(
  moving: MovingTensors,
  gradients: Named,
  options: Omit<MoveOptions, "stacked">,
): [MovingTensors, norms: Named] {
  const group = methodOf(options.config).groups(options.config);
  const stacks = stacksOf(
    gradients,
    (name, rank) => JSON.stringify([group(name, rank), isLast(name), name in moving.teacher]),
  );
  const stacked = replaceAll(moving, (named) => stack(named, stacks));
  const [next, norms] = move(stacked, stack(gradients, stacks), { ...options, stacked: true });
  return [replaceAll(next, (named) => unstack(named, stacks)), unstack(norms, stacks)];
}

/** Applies a function to all records of tensors. */
function replaceAll(
  { student, teacher, optimizer }: MovingTensors,
  f: (named: Named) => Named,
): MovingTensors {
  const branches = Object.entries(optimizer).map(([name, branch]) => [name, f(branch)]);
  return { student: f(student), teacher: f(teacher), optimizer: Object.fromEntries(branches) };
}
