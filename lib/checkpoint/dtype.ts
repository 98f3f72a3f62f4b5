import { escapeControls } from "../images/mod.ts";
import { quoteName } from "./quote_names.ts";

/**
 * The element types of safetensors that are read here; F16 and BF16 are widened to float32 and
 * cannot be written.
 */
export type Dtype =
  | "F64"
  | "F32"
  | "F16"
  | "BF16"
  | "I64"
  | "U64"
  | "I32"
  | "U32"
  | "I16"
  | "U16"
  | "I8"
  | "U8"
  | "BOOL";

/** The values of a stored tensor, rows first. */
export type StoredValues =
  | Float64Array
  | Float32Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

const arrays = {
  F64: Float64Array,
  F32: Float32Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
  I32: Int32Array,
  U32: Uint32Array,
  I16: Int16Array,
  U16: Uint16Array,
  I8: Int8Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
} as const;

/** Tells an element type that is read here from any other text. */
export function isDtype(name: unknown): name is Dtype {
  return typeof name === "string" && Object.hasOwn(arrays, name);
}

/** Element types that files may hold beside those that are read here, with bits of an element. */
const foreign: Record<string, number> = {
  ...{ F8_E4M3: 8, F8_E5M2: 8, F8_E8M0: 8, F8_E4M3FNUZ: 8, F8_E5M2FNUZ: 8 },
  ...{ F6_E2M3: 6, F6_E3M2: 6, F4: 4, C64: 64 }, // safetensors
  ...{ "torch.ComplexFloatStorage": 64, "torch.ComplexDoubleStorage": 128 },
  ...{ "torch.QInt32Storage": 32, "torch.complex64": 64, "torch.complex128": 128 },
};

/** Bytes of a number of elements; of an unknown type there is at least one for each element. */
export function bytesOfElements(dtype: string, count: number): number {
  if (isDtype(dtype)) return count * byteWidth(dtype);
  return Math.ceil(count * (foreign[dtype] ?? 8) / 8);
}

/** Tells a name of safetensors' format from one that may be damage. */
export function isForeign(dtype: unknown): dtype is string {
  return typeof dtype === "string" && Object.hasOwn(foreign, dtype);
}

/**
 * Says that the values of a tensor are of a type that is not read here.
 *
 * @param tensor Its name.
 * @param name What to call the file.
 */
export function refuseDtype(dtype: string, tensor: string, name: string): never {
  throw new TypeError(
    `Cannot read ${name}: its tensor ${quoteName(tensor)} has the element type ${
      escapeControls(dtype)
    }, which ` +
      "is not read here; save the network as F32, F16 or BF16",
  );
}

/** Bytes of one element. */
export function byteWidth(dtype: Dtype): number {
  return arrays[dtype].BYTES_PER_ELEMENT;
}

/** The bytes of a tensor as values: a view where the bytes lie aligned, else a copy. */
export function decodeValues(dtype: Dtype, bytes: Uint8Array): StoredValues {
  const aligned = bytes.byteOffset % byteWidth(dtype) === 0 ? bytes : bytes.slice();
  const values = new arrays[dtype](
    aligned.buffer as ArrayBuffer,
    aligned.byteOffset,
    aligned.byteLength / byteWidth(dtype),
  );
  if (dtype === "BF16") return widenBrain(values as Uint16Array);
  if (dtype === "F16") return widenHalf(values as Uint16Array);
  return values;
}

/**
 * The bytes of a tensor's values.
 *
 * @throws {TypeError} If the array is not the one that holds this element type.
 */
export function encodeValues(dtype: Dtype, values: StoredValues): Uint8Array {
  if (dtype === "F16" || dtype === "BF16" || !(values instanceof arrays[dtype])) {
    throw new TypeError(`Cannot write ${values.constructor.name} as ${dtype}`);
  }
  return new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
}

/** A bfloat16 is the upper half of a float32. */
function widenBrain(bits: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(bits, (b) => b << 16).buffer);
}

/** IEEE half: 1 sign bit, 5 of exponent (biased by 15), 10 of fraction. */
function widenHalf(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (b) => {
    const sign = b & 0x8000 ? -1 : 1;
    const exponent = b >> 10 & 31;
    const fraction = b & 1023;
    if (exponent === 31) return fraction ? NaN : sign * Infinity;
    return exponent
      ? sign * 2 ** (exponent - 15) * (1 + fraction / 1024)
      : sign * 2 ** -24 * fraction;
  });
}
