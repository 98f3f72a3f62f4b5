import * as tf from "@tensorflow/tfjs";
import type { Random } from "../random/mod.ts";
import { advance, places } from "./ring.ts";

/**
 * The newest keys of the teacher as columns, `[width, keys]`, and the place of the next one, int32
 * `[1]`.
 */
export type Queue = { queue: tf.Tensor2D; queue_ptr: tf.Tensor1D };

/** The tensors of a queue. */
export function queueShapes([width, keys]: [number, number]): Record<keyof Queue, number[]> {
  return { queue: [width, keys], queue_ptr: [1] };
}

/** A queue of random unit keys. */
export function queue([width, keys]: [number, number], random: Random): Queue {
  const noise = random.normals(width * keys);
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
  const [[width, slots], rows] = [queue.shape, keys.shape[0]];
  const column = places(queue_ptr, { rows, slots }).reshape([rows, 1]);
  const row = tf.range(0, width, 1, "int32").reshape([1, width]);
  const zeros = tf.zeros([rows, width], "int32");
  const index = tf.stack([zeros.add(row), zeros.add(column)], -1); // [rows, width, 2]
  return {
    queue: tf.tensorScatterUpdate(queue, index, keys) as tf.Tensor2D,
    queue_ptr: advance(queue_ptr, rows, slots),
  };
}
