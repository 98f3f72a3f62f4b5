import * as tf from "@tensorflow/tfjs";
import {
  type Buffers,
  initBuffers,
  initNetwork,
  learned,
  type Network,
  teacherOf,
} from "../methods/mod.ts";
import { Random } from "../random/mod.ts";
import { dispose, flatten, leaves, type Named, type Tree } from "../tree/mod.ts";
import type { PretrainConfig } from "./config.ts";
import { optimizerOf } from "./optimizer.ts";

/** Everything that leaves a step and enters the next. */
export type State = Buffers & {
  /** Steps done, int32. */
  step: tf.Scalar;
  student: Network;
  teacher: Network;
  optimizer: Tree;
};

/** The state before the first step; it depends on the configuration and its seed alone. */
export function initState(
  config: PretrainConfig,
  random: Random = new Random(`${config.seed}/state`),
): State {
  const student = initNetwork(config, random.fork("student"));
  return {
    step: tf.scalar(0, "int32"),
    student,
    teacher: teacherOf(student),
    optimizer: optimizerOf(config).init(learnedOf(student, config)),
    ...initBuffers(config, random.fork("buffers")),
  };
}

/** The tensors of a network that are learned, by name. */
export function learnedOf(network: Network, config: { normLastLayer: boolean }): Named {
  return Object.fromEntries(
    Object.entries(flatten(network)).filter(([name]) => learned(name, config)),
  );
}

/** Disposes of what a tree does not share with the one that stays: without compilation some tensors just go on. */
export function replace(state: Tree, stays: Tree): void {
  const alive = new Set(leaves(stays));
  dispose(leaves(state).filter((tensor) => !alive.has(tensor)));
}
