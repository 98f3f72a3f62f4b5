import { bytesOfElements, byteWidth, decodeValues, isDtype, type StoredValues } from "./dtype.ts";

/** A run of elements in a PyTorch file, which several tensors may share. */
export type TorchStorage = {
  key: string;
  /** Without one, bytes: each tensor says what they are. It may be one that is not read here. */
  dtype?: string;
  /** Number of elements. */
  count: number;
  /** Its bytes; set once it is known where they lie. */
  read?: () => Uint8Array;
};

/** Bytes of a storage. */
export function bytesOf({ dtype, count }: TorchStorage): number {
  return dtype ? bytesOfElements(dtype, count) : count;
}

/**
 * The greatest tensor that repeats elements of a smaller storage: others could be made to fill any
 * memory.
 */
const MAX_REPEATED = 2 ** 24;

/** Says what in a file is no part of a checkpoint, as the object of a sentence. */
export class Unfit extends Error {}

/**
 * A tensor as PyTorch keeps it: some elements of a storage, at an offset and with strides, in
 * elements.
 */
export class TensorView {
  /** Where its elements lie. */
  readonly storage: TorchStorage;
  /** Place of its first element, in elements. */
  readonly offset: number;
  /** Its lengths. */
  readonly shape: number[];
  /** Elements of the storage from one of its elements to the next, along each axis. */
  readonly stride: number[];
  /** Its element type, which may be one that is not read here. */
  readonly dtype: string;

  /**
   * A tensor of a storage.
   *
   * @throws {Unfit} If it reaches beyond its storage, or is no tensor at all.
   */
  constructor(
    storage: TorchStorage,
    { offset, shape, stride, dtype = storage?.dtype }: {
      offset: unknown;
      shape: unknown;
      stride: unknown;
      dtype?: string;
    },
  ) {
    const counts = (all: unknown): all is number[] => Array.isArray(all) && all.every(isCount);
    if (
      typeof storage?.key !== "string" || !dtype || !isCount(offset) || !counts(shape) ||
      !counts(stride) || shape.length !== stride.length
    ) throw new Unfit("a tensor without storage, shape or strides");
    [this.storage, this.offset, this.shape] = [storage, offset, shape];
    [this.stride, this.dtype] = [stride, dtype];
    const there = storage.dtype
      ? storage.count
      : Math.floor(storage.count / bytesOfElements(dtype, 1));
    const size = this.size;
    const last = shape.reduce((at, n, i) => at + (n - 1) * stride[i]!, offset);
    if (size > 0 && last >= there) {
      throw new Unfit(
        `a tensor of shape [${shape}] that reaches element ${last} of a storage of ${there}`,
      );
    }
    if (size > Math.max(there, MAX_REPEATED)) {
      throw new Unfit(`a tensor of shape [${shape}] made of ${there} elements`);
    }
  }

  /** Number of elements. */
  get size(): number {
    return this.shape.reduce((product, n) => product * n, 1);
  }

  /**
   * Its values, rows first; float16 and bfloat16 as float32.
   *
   * @throws {TypeError} If its element type is not read here.
   */
  values(): StoredValues {
    const { storage, dtype, offset, shape, stride, size } = this;
    if (!isDtype(dtype)) throw new TypeError(`Cannot read a tensor of the element type ${dtype}`);
    const each = byteWidth(dtype);
    if (size === 0) return decodeValues(dtype, new Uint8Array(0));
    const bytes = storage.read!();
    if (isContiguous(shape, stride)) {
      return decodeValues(dtype, bytes.subarray(offset * each, (offset + size) * each));
    }
    const gathered = new Uint8Array(size * each);
    let to = 0;
    const walk = (axis: number, at: number) => {
      if (axis === shape.length) {
        for (let i = 0; i < each; i++) gathered[to++] = bytes[at * each + i]!;
        return;
      }
      const [length, step] = [shape[axis]!, stride[axis]!];
      for (let i = 0; i < length; i++) walk(axis + 1, at + i * step);
    };
    walk(0, offset);
    return decodeValues(dtype, gathered);
  }
}

/** Whether elements lie row after row; the stride of an axis of length 1 says nothing. */
function isContiguous(shape: number[], stride: number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && stride[axis] !== expected) return false;
    expected *= shape[axis]!;
  }
  return true;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
