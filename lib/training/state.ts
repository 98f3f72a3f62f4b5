import type * as tf from "@tensorflow/tfjs";
import { dispose, leaves, type Tree } from "../tree/mod.ts";
import { numberOf } from "./fact.ts";

/** What training knows of a state: how many steps it is old. The rest is the affair of the step. */
export type TrainingState = { step: tf.Scalar } & Tree;

/** Steps that a state has done. */
export function stepsDone(state: TrainingState): number {
  return numberOf(state.step);
}

/**
 * Disposes of what a tree does not share with the one that stays: without compilation some tensors
 * are those of the step before.
 */
export function replace(state: Tree, stays: Tree): void {
  const alive = new Set(leaves(stays));
  dispose(leaves(state).filter((tensor) => !alive.has(tensor)));
}
