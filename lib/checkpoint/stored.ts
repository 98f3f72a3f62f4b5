import { type Dtype, isDtype, type StoredValues } from "./dtype.ts";

/** A tensor as it lies in a file: F16 and BF16 are given as float32. */
export type Stored = { dtype: Dtype; shape: number[]; data: StoredValues };

/**
 * A tensor that still lies in its file. Where its element type is no {@linkcode Dtype}, `read`
 * throws an error that says so.
 */
export type Located = { dtype: string; shape: number[]; read(): StoredValues };

/** A tensor that is to be written, read when its turn comes. */
export type Pending = {
  dtype: Dtype;
  shape: number[];
  read(): StoredValues | Promise<StoredValues>;
};

/** Reads tensors from where they lie. */
export function readTensors(tensors: Record<string, Located>): Record<string, Stored> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name, readTensor(tensor)]),
  );
}

/**
 * Reads a tensor from where it lies.
 *
 * @throws {TypeError} If its element type is not read here.
 */
export function readTensor({ dtype, shape, read }: Located): Stored {
  const data = read();
  if (!isDtype(dtype)) throw new TypeError(`Cannot read a tensor of the element type ${dtype}`);
  return { dtype, shape, data };
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}
