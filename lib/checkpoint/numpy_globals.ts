import { byteWidth, type Dtype } from "./dtype.ts";
import type { Global } from "./pickle_machine.ts";
import { inert } from "./placeholder.ts";
import { TensorView } from "./tensor_view.ts";

/** A NumPy element type: `f8`, and whether its least byte comes first. */
type NumpyType = { code: string; little: boolean };

/** An array of NumPy, whose values come after it was made. */
export class NumpyArray {
  /** Its values, where they are numbers. */
  view: TensorView | null = null;
}

const dtypes: Record<string, Dtype> = {
  ...{ f8: "F64", f4: "F32", f2: "F16", i8: "I64", i4: "I32", i2: "I16", i1: "I8" },
  ...{ u8: "U64", u4: "U32", u2: "U16", u1: "U8", b1: "BOOL" },
};

const scalar = (args: unknown[]) => {
  const [type, bytes] = args as [NumpyType | undefined, unknown];
  const read = type && readers[type.code];
  if (!read || !(bytes instanceof Uint8Array) || bytes.length !== Number(type.code.slice(1))) {
    return inert("numpy.core.multiarray.scalar").make!(args);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return read(view, type.little);
};

const readers: Record<string, (view: DataView, little: boolean) => unknown> = {
  f8: (v, little) => v.getFloat64(0, little),
  f4: (v, little) => v.getFloat32(0, little),
  i8: (v, little) => Number(v.getBigInt64(0, little)),
  i4: (v, little) => v.getInt32(0, little),
  i2: (v, little) => v.getInt16(0, little),
  i1: (v) => v.getInt8(0),
  u8: (v, little) => Number(v.getBigUint64(0, little)),
  u4: (v, little) => v.getUint32(0, little),
  u2: (v, little) => v.getUint16(0, little),
  u1: (v) => v.getUint8(0),
  b1: (v) => v.getUint8(0) !== 0,
};

/** The numbers of an array, or `null` where it has others than a tensor could have. */
function viewOf(
  bytes: unknown,
  { type, shape, columnsFirst }: { type: unknown; shape: unknown; columnsFirst: boolean },
): TensorView | null {
  const { code = "", little = true } = (type ?? {}) as Partial<NumpyType>;
  const dtype = dtypes[code];
  if (!dtype || !(bytes instanceof Uint8Array) || !Array.isArray(shape)) return null;
  const count = bytes.length / byteWidth(dtype);
  if (shape.reduce((product, n) => product * n, 1) !== count) return null;
  const read = () => little ? bytes : swapped(bytes, byteWidth(dtype));
  const storage = { key: "numpy", dtype, count, read };
  return new TensorView(storage, { offset: 0, shape, stride: strides(shape, columnsFirst) });
}

/** Elements from one to the next along each axis: the last axis, or else the first, is dense. */
function strides(shape: number[], columnsFirst: boolean): number[] {
  const product = (lengths: number[]) => lengths.reduce((product, n) => product * n, 1);
  return shape.map((_, axis) =>
    product(columnsFirst ? shape.slice(0, axis) : shape.slice(axis + 1))
  );
}

/** Numbers with the bytes of each in the other order. */
function swapped(bytes: Uint8Array, width: number): Uint8Array {
  return bytes.map((_, i) => bytes[i - i % width + width - 1 - i % width]!);
}

/**
 * What pickles call of NumPy: arrays, scalars and element types.
 *
 * Source: NumPy, numpy/core/src/multiarray/methods.c, `array_reduce` and `array_setstate`.
 */
export const numpyGlobals: Record<string, Omit<Global, "name">> = {
  "numpy.dtype": {
    make: ([code]): NumpyType => ({ code: String(code), little: true }),
    build: (type, state) => {
      if (Array.isArray(state)) (type as NumpyType).little = state[1] !== ">";
    },
  },
  "numpy.core.multiarray.scalar": { make: scalar },
  "numpy.core.multiarray._reconstruct": {
    make: () => new NumpyArray(),
    build: (array, state) => {
      const [bytes, columnsFirst, type, shape] = Array.isArray(state) ? state.toReversed() : [];
      (array as NumpyArray).view = viewOf(bytes, { type, shape, columnsFirst: !!columnsFirst });
    },
  },
  "numpy.core.numeric._frombuffer": {
    make: ([bytes, type, shape, order]) => {
      const array = new NumpyArray();
      array.view = viewOf(bytes, { type, shape, columnsFirst: order === "F" });
      return array;
    },
  },
};
