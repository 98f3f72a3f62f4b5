import * as tf from "@tensorflow/tfjs";
import type { Named, Shapes } from "../tree/mod.ts";
import { type Group, groups } from "./groups.ts";
import type { Stacked } from "./lengths.ts";

/** What changes from step to step; scalars as tensors, so that a compiled step is traced once. */
export type Rates = {
  rate: tf.Scalar;
  weightDecay: tf.Scalar;
  /** 1 while the parameters that may be frozen are left out of the update, 0 afterwards. */
  frozen?: tf.Scalar;
  /** The rate of parameters without schedule; by default that of all. */
  constantRate?: tf.Scalar;
};

/**
 * What an optimizer keeps of each parameter, in branches such as `exp_avg`; within a branch tensors
 * go by the whole names of the parameters, dots included.
 */
export type OptimizerState = Record<string, Named>;

/**
 * An optimizer as two functions. Parameters, gradients and the tensors of the state go by name; a
 * parameter without gradient stays as it is.
 */
export type Optimizer = {
  /** The tensors of the state for parameters of these shapes, by the names PyTorch gives them. */
  shapes(params: Shapes): Shapes;
  /** The next parameters and the next state. */
  update(
    params: Named,
    gradients: Named,
    now: Rates & { state: OptimizerState },
  ): [Named, OptimizerState];
};

/** Options that all optimizers share. */
export type OptimizerOptions = Stacked & {
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
export function terms(now: Rates, { group = groups(), stacked = false }: OptimizerOptions) {
  const always = tf.scalar(1);
  const thawed = now.frozen ? tf.sub(1, now.frozen) as tf.Scalar : always;
  const kinds: Record<string, Terms> = {};
  return (name: string, rank: number): Terms => {
    const { rate, decays, constant = false } = group(name, stacked ? rank - 1 : rank);
    const last = isLast(name);
    const base = constant && now.constantRate ? now.constantRate : now.rate;
    return kinds[`${rate} ${decays} ${last} ${constant}`] ??= {
      rate: base.mul<tf.Scalar>(rate).mul(last ? thawed : 1),
      weightDecay: decays ? now.weightDecay : 0,
      moves: last ? thawed : always,
      last,
    };
  };
}

/** Whether a parameter may be frozen, by its name: those of prototypes may. */
export function isLast(name: string): boolean {
  return name.includes("last_layer") || name.startsWith("prototypes.");
}

/** An optimizer's state before the first step: all of it is zeros. */
export function initOptimizer({ shapes }: Optimizer, params: Named): OptimizerState {
  const shapesOf = Object.entries(params).map(([name, { shape }]) => [name, shape]);
  const zeros = Object.entries(shapes(Object.fromEntries(shapesOf)))
    .map(([path, shape]) => [path, tf.fill(shape, 0)]); // tf.zeros() would go by way of an array
  return toBranches(Object.fromEntries(zeros));
}

/** An optimizer's state from its tensors by path. */
export function toBranches(named: Named): OptimizerState {
  const state: OptimizerState = {};
  for (const [path, tensor] of Object.entries(named)) {
    const dot = path.indexOf(".");
    (state[path.slice(0, dot)] ??= {})[path.slice(dot + 1)] = tensor;
  }
  return state;
}

/** A branch of a state, by the names of the parameters. */
export function branch(state: OptimizerState, name: string): Named {
  const tensors = state[name];
  if (tensors) return tensors;
  throw new TypeError(`Cannot update parameters: the optimizer's state has no "${name}"`);
}
