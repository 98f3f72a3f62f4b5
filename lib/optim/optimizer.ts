import * as tf from "@tensorflow/tfjs";
import { flatten, type Named, type Tree } from "../tree/mod.ts";
import { type Group, groups } from "./groups.ts";

/** What changes from step to step; scalars as tensors, so that a compiled step is traced once. */
export type Rates = {
  rate: tf.Scalar;
  weightDecay: tf.Scalar;
  /** 1 while the parameters named `*last_layer*` are left out of the update, 0 afterwards. */
  frozen?: tf.Scalar;
};

/**
 * An optimizer as two functions. Parameters, gradients and the tensors of the state go by name; a
 * parameter without gradient stays as it is.
 */
export type Optimizer = {
  /** The state before the first step: named tensors, by the names PyTorch gives them. */
  init(params: Named): Tree;
  /** The next parameters and the next state. */
  update(params: Named, gradients: Named, now: Rates & { state: Tree }): [Named, Tree];
};

/** Options that all optimizers share. */
export type OptimizerOptions = {
  /** The group of a parameter by its name and rank; the default is {@linkcode groups}. */
  group?: (name: string, rank: number) => Group;
};

/** The scalars of one parameter's update. */
export type Terms = {
  rate: tf.Scalar;
  /** 0 in groups that do not decay. */
  weightDecay: tf.Scalar | 0;
  /**
   * 1 where the parameter moves, 0 where it is frozen: it scales every change, of the state too.
   */
  moves: tf.Scalar;
  /** True for parameters that may be frozen. */
  last: boolean;
};

/**
 * The rule by which parameters get their scalars, made once for each kind and shared, since each is
 * an operation. Freezing multiplies scalars, never whole tensors: with a rate, a decay and an
 * intake of 0 nothing changes.
 */
export function terms(now: Rates, { group = groups() }: OptimizerOptions) {
  const always = tf.scalar(1);
  const thawed = now.frozen ? tf.sub(1, now.frozen) as tf.Scalar : always;
  const made: Record<string, Terms> = {};
  return (name: string, rank: number): Terms => {
    const { rate, decays } = group(name, rank);
    const last = name.includes("last_layer");
    return made[`${rate} ${decays} ${last}`] ??= {
      rate: now.rate.mul<tf.Scalar>(rate).mul(last ? thawed : 1),
      weightDecay: decays ? now.weightDecay : 0,
      moves: last ? thawed : always,
      last,
    };
  };
}

/** Zeros of the parameters' shapes. */
export function zeros(params: Named): Named {
  return Object.fromEntries(
    // tf.zeros() would go by way of an array.
    Object.entries(params).map(([name, p]) => [name, tf.fill(p.shape, 0)]),
  );
}

/** A named branch of a state, flat. */
export function branch(state: Tree, name: string): Named {
  const found = (state as Record<string, Tree>)[name];
  if (found) return flatten(found);
  throw new TypeError(`Cannot update parameters: the optimizer's state has no "${name}"`);
}
