/** TensorFlow's numbers for the types of elements that are used here (tf_datatype.h). */
export const dtypes = {
  float32: 1,
  int32: 3,
  uint8: 4,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  resource: 20,
} as const;

/** A typed array that can hold a tensor's values. */
export type TensorValues = Float32Array | Int32Array | Uint8Array | BigInt64Array;

type Kind = {
  bytes: number;
  array: new (buffer: ArrayBuffer) => TensorValues;
};

const kinds: Record<number, Kind> = {
  [dtypes.float32]: { bytes: 4, array: Float32Array },
  [dtypes.int32]: { bytes: 4, array: Int32Array },
  [dtypes.uint8]: { bytes: 1, array: Uint8Array },
  [dtypes.complex64]: { bytes: 8, array: Float32Array },
  [dtypes.int64]: { bytes: 8, array: BigInt64Array },
  [dtypes.bool]: { bytes: 1, array: Uint8Array },
};

/** The name of a type, for messages. */
export function dtypeName(dtype: number): string {
  const [name] = Object.entries(dtypes).find(([, number]) => number === dtype) ?? [];
  return name ?? `type ${dtype}`;
}

/**
 * TensorFlow's number for one of the types of TensorFlow.js.
 *
 * @throws {TypeError} For a type that TensorFlow has not under this name.
 */
export function typeNumber(name: string): number {
  const number = (dtypes as Record<string, number>)[name];
  if (number !== undefined) return number;
  throw new TypeError(`Cannot use tensors of ${name} on the tensorflow backend`);
}

/**
 * How elements of this type lie in memory.
 *
 * @throws {TypeError} For strings and other types whose elements have no fixed size.
 */
export function kindOf(dtype: number): Kind {
  const kind = kinds[dtype];
  if (kind) return kind;
  throw new TypeError(
    `Tensors of ${dtypeName(dtype)} are not supported by the tensorflow backend: ` +
      `it holds float32, int32, bool, complex64, uint8 and int64`,
  );
}

/**
 * The values as bytes in the layout of `dtype`; plain arrays and other typed arrays are converted.
 *
 * @throws {TypeError} As {@linkcode kindOf}.
 */
export function toBytes(values: ArrayLike<unknown>, dtype: number): Uint8Array<ArrayBuffer> {
  const kind = kindOf(dtype);
  // TensorFlow.js states an int64 as a pair of int32 words (its Int64Scalar).
  const words = dtype === dtypes.int64 && values instanceof Int32Array;
  const typed = words || values instanceof kind.array
    ? values as TensorValues
    : convert(values as ArrayLike<number>, kind);
  return new Uint8Array(typed.buffer as ArrayBuffer, typed.byteOffset, typed.byteLength);
}

function convert(values: ArrayLike<number>, kind: Kind): TensorValues {
  const array = new kind.array(new ArrayBuffer(values.length * kind.bytes));
  for (let i = 0; i < values.length; i++) array[i] = values[i]!;
  return array;
}
