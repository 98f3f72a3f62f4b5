import type { Dtype, StoredValues } from "./dtype.ts";

/** A tensor as it lies in a file: F16 and BF16 are given as float32. */
export type Stored = { dtype: Dtype; shape: number[]; data: StoredValues };

/** A tensor that still lies in its file. */
export type Located = { dtype: Dtype; shape: number[]; read(): StoredValues };

/** A tensor that is to be written, read when its turn comes. */
export type Pending = {
  dtype: Dtype;
  shape: number[];
  read(): StoredValues | Promise<StoredValues>;
};

/** Reads tensors from where they lie. */
export function readTensors(tensors: Record<string, Located>): Record<string, Stored> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { dtype, shape, read }]) => [
      name,
      { dtype, shape, data: read() },
    ]),
  );
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}
