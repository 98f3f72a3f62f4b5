import type * as tf from "@tensorflow/tfjs";
import type { Config } from "../configs/mod.ts";
import { methodOf } from "../methods/mod.ts";
import { clip, ema, optimizerOf, type OptimizerState } from "../optim/mod.ts";
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

/**
 * How parameters move in a step: their gradients are clipped, the optimizer moves the student, and
 * the teacher follows where the method's schedules have a `momentum`.
 *
 * @returns The next parameters, and the norms of the gradients before clipping.
 */
export function move(
  { student, teacher, optimizer }: MovingTensors,
  gradients: Named,
  { numbers, config }: { numbers: Now["numbers"]; config: Config },
): [MovingTensors, norms: Named] {
  const { rate, weightDecay, frozen, clip: limit } = numbers;
  const { momentum, constantRate }: Partial<Record<string, tf.Scalar>> = numbers;
  const [clipped, norms] = clip(gradients, config.clipGradient > 0 ? limit : null);
  const { update } = optimizerOf(config, methodOf(config).groups(config));
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
