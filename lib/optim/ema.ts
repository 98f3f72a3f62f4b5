import type * as tf from "@tensorflow/tfjs";
import type { Named } from "../tree/mod.ts";

/**
 * The teacher moves a step of 1 - momentum toward the student. Only what both have moves: a student
 * has predictors, a teacher may have running statistics of its own.
 */
export function ema(teacher: Named, student: Named, momentum: tf.Scalar): Named {
  const step = momentum.neg().add(1);
  return Object.fromEntries(
    Object.entries(teacher).map(([name, t]) => {
      const s = student[name];
      return [name, s ? t.mul(momentum).add(s.mul(step)) : t];
    }),
  );
}
