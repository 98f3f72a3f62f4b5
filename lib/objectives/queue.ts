import * as tf from "@tensorflow/tfjs";
import type { Random } from "../random/mod.ts";
import { advance, arrive } from "./ring.ts";

/** The newest keys of the teacher as columns, `[width, keys]`, and the place of the next one, int32 `[1]`. */
export type Queue = { queue: tf.Tensor2D; queue_ptr: tf.Tensor1D };

/** A queue of random unit keys. */
export function queue([width, keys]: [number, number], random: Random): Queue {
  const noise = Float32Array.from({ length: width * keys }, () => random.normal());
  return tf.tidy(() => {
    const columns = tf.tensor2d(noise, [width, keys]);
    return {
      queue: columns.div(columns.norm("euclidean", 0, true)),
      queue_ptr: tf.tensor1d([0], "int32"),
    };
  });
}

/** The queue after the teacher's keys `[rows, width]` have replaced the oldest ones. */
export function enqueue({ queue, queue_ptr }: Queue, keys: tf.Tensor2D): Queue {
  const [slots, rows] = [queue.shape[1], keys.shape[0]];
  const { row, here } = arrive(slots, queue_ptr, { rows, count: rows });
  const columns = tf.gather(keys.transpose<tf.Tensor2D>(), row, 1);
  return {
    queue: tf.where(here.expandDims(0), columns, queue),
    queue_ptr: advance(queue_ptr, rows, slots),
  };
}
