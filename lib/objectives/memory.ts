import * as tf from "@tensorflow/tfjs";
import { euclideanNorm } from "../nn/mod.ts";
import type { Random } from "../random/mod.ts";
import { advance, places } from "./ring.ts";
import { withoutGradient } from "./without_gradient.ts";

/**
 * Mean patch tokens of past images, in which an image finds its neighbors, `[rows, width]` each:
 * neighbors are searched in `queue_q` and taken from `queue_k`. All three receive the same rows;
 * the reference keeps them apart, and its checkpoints hold all three.
 */
export type Memory = {
  queue_q: tf.Tensor2D;
  queue_k: tf.Tensor2D;
  queue_v: tf.Tensor2D;
  /** The place of the next row, int32 `[1]`. */
  queue_ptr: tf.Tensor1D;
};

/**
 * How the pointer moves: `fixed` by the rows that were written; `reference` twice as far as long as
 * the end of the ring is not crossed, as in the published code, which thereby leaves slots of
 * initial noise behind.
 */
export type MemoryPointer = "fixed" | "reference";

/** Options of {@linkcode remember}. */
export type RememberOptions = {
  /** 1 for the rows to remember, 0 for the others, `[rows]`; by default all. */
  weak?: tf.Tensor1D;
  pointer?: MemoryPointer;
};

/** The tensors of a memory. */
export function memoryShapes(sizes: [rows: number, width: number]): Record<keyof Memory, number[]> {
  return { queue_q: sizes, queue_k: sizes, queue_v: sizes, queue_ptr: [1] };
}

/** A memory of normal noise. */
export function memory([rows, width]: [rows: number, width: number], random: Random): Memory {
  const noise = () => tf.tensor2d(random.normals(rows * width), [rows, width]);
  return {
    queue_q: noise(),
    queue_k: noise(),
    queue_v: noise(),
    queue_ptr: tf.tensor1d([0], "int32"),
  };
}

/**
 * The memory after the weak ones of `rows` `[batch, width]` have replaced the oldest. Their number
 * is known only when the step runs, so the weak rows are moved to the front, and behind them the
 * slots are given what they have already.
 */
export function remember(
  memory: Memory,
  rows: tf.Tensor2D,
  { weak, pointer = "fixed" }: RememberOptions = {},
): Memory {
  const [slots, batch] = [memory.queue_q.shape[0], rows.shape[0]];
  const count = weak ? weak.cast("int32").sum() : tf.scalar(batch, "int32");
  const place = places(memory.queue_ptr, { rows: batch, slots });
  const arriving = weak ? tf.gather(rows, weakFirst(weak)) : rows;
  const arrives = tf.range(0, batch, 1, "int32").less(count).expandDims(1);
  const put = (content: tf.Tensor2D) => {
    const next = weak ? tf.where(arrives, arriving, tf.gather(content, place)) : arriving;
    return tf.tensorScatterUpdate(content, place.expandDims(1), next) as tf.Tensor2D;
  };
  return {
    queue_q: put(memory.queue_q),
    queue_k: put(memory.queue_k),
    queue_v: put(memory.queue_v),
    queue_ptr: pointer === "fixed"
      ? advance(memory.queue_ptr, count, slots)
      : advanceTwice(memory.queue_ptr, count, slots),
  };
}

/** The indices of the weak rows, in order, and then those of the others. */
function weakFirst(weak: tf.Tensor1D): tf.Tensor1D {
  const batch = weak.shape[0];
  const rank = weak.cast("float32").mul(batch).sub(tf.range(0, batch, 1, "float32"));
  return tf.topk(rank as tf.Tensor1D, batch).indices;
}

/**
 * The published code's pointer: `n` is added when the rows are written and, short of the end, once
 * again.
 */
function advanceTwice(pointer: tf.Tensor1D, count: tf.Tensor, slots: number): tf.Tensor1D {
  const size = tf.scalar(slots, "int32");
  const end = pointer.add(count);
  return tf.where(end.lessEqual(size), end.add(count).mod(size), end.sub(size));
}

/**
 * The nearest rows of a memory: their places, best first, `[queries, count]`, and contents
 * `[queries, count, width]`.
 */
export type Neighbors = { index: tf.Tensor2D; rows: tf.Tensor3D };

/**
 * The `count` rows of the memory that are most alike to each query `[queries, width]` by cosine. No
 * gradient flows from them to the queries.
 */
export function lookUp(memory: Memory, queries: tf.Tensor2D, count: number): Neighbors {
  return withoutGradient(() => {
    // The length of a query does not change the order of its neighbors.
    const lengths = euclideanNorm(memory.queue_q, { axis: -1 }).maximum(1e-12);
    const likeness = tf.matMul(queries, memory.queue_q, false, true).div<tf.Tensor2D>(lengths);
    const index = tf.topk(likeness, count).indices;
    return { index, rows: tf.gather(memory.queue_k as tf.Tensor, index) as tf.Tensor3D };
  });
}
