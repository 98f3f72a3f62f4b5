import * as tf from "@tensorflow/tfjs";
import type { Config } from "../configs/mod.ts";
import { methodOf, type MethodState, type Network } from "../methods/mod.ts";
import { optimizerOf } from "../optim/mod.ts";
import { Random } from "../random/mod.ts";
import { flatten, type Named, type Tree } from "../tree/mod.ts";

/**
 * Everything that leaves a step and enters the next; what `learner` and `buffers` hold is the
 * affair of the method.
 */
export type State<S extends MethodState = MethodState> = {
  /** Steps done, int32. */
  step: tf.Scalar;
  /** The student, and the teacher where there is one. */
  learner: S["learner"];
  /** What the optimizer keeps of each parameter. */
  optimizer: Tree;
  /** What the method carries from step to step beside its networks. */
  buffers: S["buffers"];
};

/** The state before the first step; it depends on the configuration and its seed alone. */
export function initState(
  config: Config,
  random: Random = new Random(`${config.seed}/state`),
): State {
  const method = methodOf(config);
  const { learner, buffers } = method.init(config, random);
  const optimizer = optimizerOf(config, method.groups(config));
  return {
    step: tf.scalar(0, "int32"),
    learner,
    optimizer: optimizer.init(learnedOf(learner.student, config)),
    buffers,
  };
}

/** The tensors of a student that are learned, by name. */
export function learnedOf(student: Network, config: Config): Named {
  const method = methodOf(config);
  return Object.fromEntries(
    Object.entries(flatten(student)).filter(([name]) => method.learned(name, config)),
  );
}
