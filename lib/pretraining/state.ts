import * as tf from "@tensorflow/tfjs";
import type { Config } from "../configs/mod.ts";
import { methodOf, type MethodState, type Network } from "../methods/mod.ts";
import { initOptimizer, optimizerOf, type OptimizerState, toBranches } from "../optim/mod.ts";
import { Random } from "../random/mod.ts";
import { below, flatten, type Named, type Shapes, unflatten } from "../tree/mod.ts";

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
  optimizer: OptimizerState;
  /** What the method carries from step to step beside its networks. */
  buffers: S["buffers"];
};

/**
 * The state before the first step; it depends on the configuration, its seed and the number of
 * images alone.
 *
 * @param images Images of the data set, on which some methods depend; by default those of a batch.
 */
export function initState(config: Config, images?: number): State {
  const method = methodOf(config);
  const { learner, buffers } = method.init(config, new Random(`${config.seed}/state`), images);
  const optimizer = optimizerOf(config, method.groups(config));
  return {
    step: tf.scalar(0, "int32"),
    learner,
    optimizer: initOptimizer(optimizer, learnedOf(learner.student, config)),
    buffers,
  };
}

/**
 * The tensors of a state by path.
 *
 * @param images Images of the data set; by default those of a batch.
 */
export function stateShapes(config: Config, images?: number): Shapes {
  const { shapes, learned, groups } = methodOf(config);
  const all = shapes(config, images), student = "learner.student.";
  const entries = Object.entries(all)
    .filter(([path]) => path.startsWith(student))
    .map(([path, shape]) => [path.slice(student.length), shape] as const)
    .filter(([name]) => learned(name, config));
  const optimizer = optimizerOf(config, groups(config)).shapes(Object.fromEntries(entries));
  return { step: [], ...all, ...below("optimizer", optimizer) };
}

/** The state whose tensors have these paths. */
export function toState(named: Named): State {
  const parts = Object.groupBy(Object.entries(named), ([path]) => path.split(".", 1)[0]!);
  const { optimizer = [], ...rest } = parts;
  const moments = optimizer.map(([path, tensor]) => [path.slice("optimizer.".length), tensor]);
  const others = Object.values(rest).flatMap((entries) => entries ?? []);
  return {
    buffers: {},
    ...unflatten<Omit<State, "optimizer" | "buffers">>(Object.fromEntries(others)),
    optimizer: toBranches(Object.fromEntries(moments)),
  };
}

/** The tensors of a student that are learned, by name. */
export function learnedOf(student: Network, config: Config): Named {
  const method = methodOf(config);
  return Object.fromEntries(
    Object.entries(flatten(student)).filter(([name]) => method.learned(name, config)),
  );
}
