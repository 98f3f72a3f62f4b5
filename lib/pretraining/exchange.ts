import * as tf from "@tensorflow/tfjs";
import type { Config } from "../configs/mod.ts";
import { methodOf } from "../methods/mod.ts";
import { meanOver, type Processes, roundedMeanOver } from "../nn/mod.ts";
import type { Named } from "../tree/mod.ts";
import { joinProcesses } from "./gather.ts";
import type { Pass } from "./pass.ts";

/** Elements of a bucket: 25 MiB, which an exchange fills while later gradients are computed. */
const bucketSize = 25 * 2 ** 18;

/** What processes exchange of a pass. */
export type Exchanged = Omit<Pass, "statistics">;

/** What an exchange needs beside what a process takes of its share of the batch. */
export type ExchangeOptions = {
  config: Config;
  processes: Processes;
  /** How gradients travel; by default as float32. */
  precision?: ExchangePrecision;
};

/** How gradients travel between processes. */
export type ExchangePrecision = "float32" | "bfloat16";

/**
 * What a step takes of a batch, from what each process takes of its share: means of gradients,
 * losses and signs of health, and all that the buffers take in. Running statistics are those of the
 * batch already, for which processes exchange the sums of each batch normalization.
 */
export function exchange(
  pass: Exchanged,
  { config, processes, precision }: ExchangeOptions,
): Exchanged {
  const images = config.batchSize / processes.count;
  const { losses, signs } = pass;
  const mean = (x: tf.Tensor1D) => meanOver(x, processes);
  const roundedMean = (x: tf.Tensor1D) => roundedMeanOver(x, processes);
  const numbers = averaged({ ...below("losses", losses), ...below("signs", signs) }, mean);
  const { joins } = methodOf(config);
  return {
    gradients: averaged(pass.gradients, precision === "bfloat16" ? roundedMean : mean),
    losses: above("losses", losses, numbers),
    signs: above("signs", signs, numbers),
    intake: joinProcesses(pass.intake, joins, { processes, images }),
  };
}

/**
 * The means of tensors over all processes. Small ones travel together, and the last ones, which the
 * gradient computes first, set out first.
 */
function averaged(named: Named, mean: (x: tf.Tensor1D) => tf.Tensor1D): Named {
  const entries = bucketsOf(Object.entries(named)).flatMap((bucket) => {
    const sizes = bucket.map(([, { size }]) => size);
    const vector = tf.concat(bucket.map(([, tensor]) => tensor.reshape<tf.Tensor1D>([-1])));
    const parts = tf.split(mean(vector), sizes);
    return bucket.map(([name, { shape }], i) => [name, parts[i]!.reshape(shape)] as const);
  });
  return Object.fromEntries(entries);
}

type Entry = readonly [name: string, tensor: tf.Tensor];

/** Cuts tensors into buckets, each of about the same size, and of one tensor at least. */
function bucketsOf(entries: readonly Entry[]): Entry[][] {
  const buckets: Entry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const { size } = entry[1];
    if (buckets.length === 0 || size > room) {
      buckets.push([]);
      room = bucketSize;
    }
    buckets.at(-1)!.push(entry);
    room -= size;
  }
  return buckets;
}

function below(prefix: string, scalars: Record<string, tf.Scalar>): Named {
  return Object.fromEntries(Object.entries(scalars).map(([name, x]) => [`${prefix}.${name}`, x]));
}

/** The scalars that {@linkcode below} named, by their own names. */
function above<T extends Record<string, tf.Scalar>>(prefix: string, of: T, named: Named): T {
  return Object.fromEntries(Object.keys(of).map((name) => [name, named[`${prefix}.${name}`]])) as T;
}
