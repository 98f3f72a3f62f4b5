import * as tf from "@tensorflow/tfjs";
import { compile, tensorflow } from "./compile.ts";
import { tidy } from "./tidy.ts";

/**
 * How many processes compute together, and the number of this one from 0; `undefined` where it is
 * alone.
 */
export function processesOf(): { count: number; index: number } | undefined {
  const cluster = tensorflow()?.binding.cluster;
  return cluster ? { count: cluster.count, index: cluster.index } : undefined;
}

/** How processes agree; each has to ask the same questions in the same order. */
export type Agreement = Disposable & {
  /** Whether any process says so; waits for all of them. */
  any(says: boolean): boolean;
  /** The number of the first process, as float32; waits for all of them. */
  ofFirst(number: number): number;
};

/** An agreement of the processes that compute together; one that is alone agrees with itself. */
export function agreement(): Agreement {
  const processes = processesOf();
  if (!processes) {
    return { any: (says) => says, ofFirst: (number) => number, [Symbol.dispose]() {} };
  }
  const sum = compile(
    (x: tf.Scalar) => tidy(() => tf.engine().runKernel("AllReduce", { x }) as tf.Tensor),
    { name: "agreement" },
  );
  const total = (number: number) => tf.tidy(() => sum(tf.scalar(number)).dataSync()[0]!);
  return {
    any: (says) => total(says ? 1 : 0) > 0,
    ofFirst: (number) => total(processes.index === 0 ? number : 0),
    [Symbol.dispose]: () => sum[Symbol.dispose](),
  };
}
