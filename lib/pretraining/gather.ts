import * as tf from "@tensorflow/tfjs";
import type { Join } from "../methods/mod.ts";
import { gatherRows, meanOver, type Processes } from "../nn/mod.ts";
import { dispose, type Named } from "../tree/mod.ts";

/**
 * The sum of two gradients, tensor by tensor; both are used up, so that never three are in memory.
 */
export function sum<T extends Named>(a: T, b: T): T {
  return replaceEach(a, (name, tensor) => {
    const total = tensor.add(b[name]!);
    b[name]!.dispose();
    return total;
  }) as T;
}

/** Other tensors in the places of these, which are used up one after the other. */
export function replaceEach(
  named: Named,
  f: (name: string, tensor: tf.Tensor) => tf.Tensor,
): Named {
  return Object.fromEntries(
    Object.entries(named).map(([name, tensor]) => {
      const next = tf.tidy(() => f(name, tensor));
      if (next !== tensor) tensor.dispose();
      return [name, next];
    }),
  );
}

/** The mean of equal records of scalars, which are used up. */
export function meanOf<T extends Record<string, tf.Scalar>>(records: readonly T[]): T {
  const [first = {} as T] = records;
  const entries = Object.keys(first).map((name) => [
    name,
    tf.tidy(() => tf.addN(records.map((record) => record[name]!)).div(records.length)),
  ]);
  dispose(records);
  return Object.fromEntries(entries);
}

/**
 * The intake of a batch from those of its parts, as if it had been one; the parts are used up.
 *
 * @param joins How each of its tensors joins, by name.
 * @param images Images of a part.
 * @throws {TypeError} If it is not said how a tensor joins.
 */
export function joinIntakes(
  parts: readonly Named[],
  joins: Readonly<Record<string, Join>>,
  images: number,
): Named {
  const [first = {}] = parts;
  const entries = Object.keys(first).map((name) => {
    const how = joinOf(name, joins);
    return [name, tf.tidy(() => joiners[how](parts.map((part) => part[name]!), images))];
  });
  dispose(parts);
  return Object.fromEntries(entries);
}

/**
 * The intake of a batch from those of the processes that share it.
 *
 * @param intake That of this one.
 * @param images Images of this one.
 * @throws {TypeError} If it is not said how a tensor joins.
 */
export function joinProcesses(
  intake: Named,
  joins: Readonly<Record<string, Join>>,
  { processes, images }: { processes: Processes; images: number },
): Named {
  const entries = Object.entries(intake).map(([name, tensor]) => {
    const how = joinOf(name, joins);
    if (how === "mean") return [name, meanOver(tensor, processes)] as const;
    const parts = tf.split(gatherRows(tensor, processes), processes.count);
    return [name, joiners[how](parts, images)] as const;
  });
  return Object.fromEntries(entries);
}

function joinOf(name: string, joins: Readonly<Record<string, Join>>): Join {
  const how = joins[name];
  if (how) return how;
  throw new TypeError(`Cannot join the "${name}" of parts of a batch: as what?`);
}

const joiners: Record<Join, (parts: tf.Tensor[], images: number) => tf.Tensor> = {
  rows: (parts) => tf.concat(parts),
  mean: (parts) => tf.addN(parts).div(parts.length),
  views(parts, images) {
    const blocks = parts.map((x) => x.reshape([-1, images, ...x.shape.slice(1)]));
    return tf.concat(blocks, 1).reshape([-1, ...parts[0]!.shape.slice(1)]);
  },
};
