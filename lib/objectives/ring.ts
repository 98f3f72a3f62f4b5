import * as tf from "@tensorflow/tfjs";

/**
 * The slots of a ring to which rows come that arrive one after the other, int32 `[rows]`: from the
 * pointer on, and behind the end from the front again.
 *
 * @param pointer int32 `[1]`.
 * @throws {RangeError} If more rows arrive than the ring has slots.
 */
export function places(
  pointer: tf.Tensor1D,
  { rows, slots }: { rows: number; slots: number },
): tf.Tensor1D {
  if (rows > slots) {
    throw new RangeError(
      `Cannot put ${rows} rows into a ring of ${slots}: make it larger, or the batch smaller`,
    );
  }
  return tf.range(0, rows, 1, "int32").add(pointer).mod(tf.scalar(slots, "int32"));
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
