import * as tf from "@tensorflow/tfjs";
import { customGradient } from "./custom_gradient.ts";

/** Processes that share every batch: each works on as many of its images. */
export type Processes = {
  /** How many there are. */
  count: number;
  /** The number of this one, from 0. */
  index: number;
};

/**
 * Processes that share what is computed outside of compiled functions, by sums over all of them.
 */
export type Summing = Processes & { sum(x: tf.Tensor2D): tf.Tensor2D };

/** One process, whose sums are its own. */
export const alone: Summing = { count: 1, index: 0, sum: (x) => x };

/**
 * The sum of a tensor over all processes, which each of them receives. Its gradient is that of the
 * sum of their losses.
 */
export function sumOver<T extends tf.Tensor>(x: T): T {
  const f: (x: T) => T = customGradient(
    (x: T) => ({ value: tf.engine().runKernel("AllReduce", { x }) as T, saved: {} }),
    (dy) => [sumOver(dy)],
  );
  return f(x);
}

/** The mean of a tensor over all processes; by itself, a process has its own. */
export function meanOver<T extends tf.Tensor>(x: T, processes: Processes | undefined): T {
  return processes ? sumOver(x).div(processes.count) : x;
}

/**
 * The mean over all processes of a tensor without a gradient, for half the bytes: numbers travel in
 * bfloat16, which rounds each to 8 significant bits, and their sums as often as they are added.
 */
export function roundedMeanOver<T extends tf.Tensor>(x: T, { count }: Processes): T {
  const sum = tf.engine().runKernel("AllReduce", { x }, { precision: "bfloat16" }) as T;
  return sum.div(count);
}

/**
 * The rows of all processes, one process after the other; by itself, a process has its own. Sums of
 * rows with zeros give the same rows to all of them, whatever their order in the exchange.
 */
export function gatherRows<T extends tf.Tensor>(x: T, processes: Processes | undefined): T {
  if (!processes) return x;
  const { count, index } = processes;
  const [rows, ...shape] = x.shape as [number, ...number[]];
  const ends = shape.map(() => [0, 0] as [number, number]);
  return sumOver(x.pad([[index * rows, (count - 1 - index) * rows], ...ends]) as T);
}
