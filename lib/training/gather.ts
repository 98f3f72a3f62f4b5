import * as tf from "@tensorflow/tfjs";
import type { Intake } from "../methods/mod.ts";
import { dispose, type Named, type Tree } from "../tree/mod.ts";

/** The sum of two gradients, tensor by tensor; both are used up, so that never three are in memory. */
export function sum(a: Named, b: Named): Named {
  return take(a, (name, gradient) => {
    const total = gradient.add(b[name]);
    b[name].dispose();
    return total;
  });
}

/** Other tensors in the places of these, which are used up one after the other. */
export function take(named: Named, f: (name: string, tensor: tf.Tensor) => tf.Tensor): Named {
  return Object.fromEntries(
    Object.entries(named).map(([name, tensor]) => {
      const next = tf.tidy(() => f(name, tensor));
      if (next !== tensor) tensor.dispose();
      return [name, next];
    }),
  );
}

/** The mean of equal records of scalars, which are used up. */
export function mean<T extends Record<string, tf.Scalar>>(records: T[]): T {
  const entries = Object.keys(records[0]).map((name) => [
    name,
    tf.tidy(() => tf.addN(records.map((record) => record[name])).div(records.length)),
  ]);
  dispose(records as unknown as Tree);
  return Object.fromEntries(entries);
}

/** The intake of a batch from those of its parts: view after view, as if it had been one. */
export function join(parts: Intake[]): Intake {
  return tf.tidy(() => {
    const views = (name: "instance" | "localGroup") =>
      tf.concat(
        parts.map((part) => {
          const [rows, width] = part[name].shape;
          return part[name].reshape([2, rows / 2, width]);
        }),
        1,
      ).reshape<tf.Tensor2D>([-1, parts[0][name].shape[1]]);
    const images = (name: "student" | "teacher") => tf.concat(parts.map((part) => part[name]));
    return {
      instance: views("instance"),
      localGroup: views("localGroup"),
      student: images("student"),
      teacher: images("teacher"),
      weak: tf.concat(parts.map(({ weak }) => weak)),
      center: tf.addN(parts.map(({ center }) => center)).div<tf.Tensor2D>(parts.length),
    };
  });
}
