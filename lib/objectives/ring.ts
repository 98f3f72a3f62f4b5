import * as tf from "@tensorflow/tfjs";

/** For every slot of a ring, `[slots]`: which of the arriving rows would come there, and whether one does. */
export type Arrival = { row: tf.Tensor1D; here: tf.Tensor1D };

/** What arrives: at most `rows`, of which the first `count` are written. */
export type Arriving = { rows: number; count: tf.Tensor | number };

/**
 * Where rows that are written one after the other from a pointer on come to lie in a ring. A slot finds its row by its
 * distance from the pointer, so that shapes stay fixed however many rows are written and wherever the ring ends.
 *
 * @throws {RangeError} If more rows may arrive than the ring has slots.
 */
export function arrive(slots: number, pointer: tf.Tensor, { rows, count }: Arriving): Arrival {
  if (rows > slots) {
    throw new RangeError(
      `Cannot put ${rows} rows into a ring of ${slots}: make it larger, or the batch smaller`,
    );
  }
  const distance = tf.range(0, slots, 1, "int32").sub(pointer).add(tf.scalar(slots, "int32"))
    .mod<tf.Tensor1D>(tf.scalar(slots, "int32"));
  return {
    row: distance.minimum(tf.scalar(rows - 1, "int32")),
    here: distance.less(typeof count === "number" ? tf.scalar(count, "int32") : count),
  };
}

/** The pointer after `count` more rows, `[1]`. */
export function advance(
  pointer: tf.Tensor1D,
  count: tf.Tensor | number,
  slots: number,
): tf.Tensor1D {
  const rows = typeof count === "number" ? tf.scalar(count, "int32") : count;
  return pointer.add(rows).mod(tf.scalar(slots, "int32"));
}
