import { type Library, type Pointer, textAt } from "./library.ts";
import { dtypeName, kindOf, type TensorValues, toBytes } from "./dtype.ts";

/** A tensor in TensorFlow's memory: owns one `TFE_TensorHandle`. */
export class TensorHandle implements Disposable {
  #pointer: Pointer | null;

  /**
   * @param pointer The handle; this object disposes of it once.
   * @param dtype TensorFlow's number for the element type.
   */
  constructor(
    readonly library: Library,
    pointer: Pointer,
    readonly shape: number[],
    readonly dtype: number,
  ) {
    this.#pointer = pointer;
  }

  /** Copies values into a new tensor. */
  static from(
    library: Library,
    shape: number[],
    dtype: number,
    values: ArrayLike<unknown>,
  ): TensorHandle {
    const { c, status } = library;
    const tensor = newTensor(library, shape, dtype, values);
    try {
      const pointer = c.TFE_NewTensorHandle(tensor, status);
      library.check(() => `Cannot create a tensor of shape [${shape}]`);
      return new TensorHandle(library, pointer!, shape, dtype);
    } finally {
      c.TF_DeleteTensor(tensor);
    }
  }

  /** Takes ownership of a handle that TensorFlow made, and asks it for its shape and type. */
  static adopt(library: Library, pointer: Pointer): TensorHandle {
    const { c, status } = library;
    const rank = c.TFE_TensorHandleNumDims(pointer, status);
    const shape: number[] = [];
    for (let i = 0; i < rank; i++) shape.push(Number(c.TFE_TensorHandleDim(pointer, i, status)));
    library.check(() => "Cannot read the shape of a result");
    return new TensorHandle(library, pointer, shape, c.TFE_TensorHandleDataType(pointer));
  }

  /**
   * The native pointer.
   *
   * @throws {ReferenceError} After disposal.
   */
  get pointer(): Pointer {
    if (this.#pointer) return this.#pointer;
    throw new ReferenceError(`Cannot use ${this}: it has been disposed`);
  }

  /** The name of the device in whose memory the values are. */
  get device(): string {
    const { c, status } = this.library;
    const name = textAt(c.TFE_TensorHandleBackingDeviceName(this.pointer, status));
    this.library.check(() => `Cannot tell the device of ${this}`);
    return name;
  }

  /** A second handle on the same memory, with an owner of its own. */
  share(): TensorHandle {
    const { c, status } = this.library;
    const pointer = c.TFE_TensorHandleCopySharingTensor(this.pointer, status);
    this.library.check(() => `Cannot share ${this}`);
    return new TensorHandle(this.library, pointer!, this.shape, this.dtype);
  }

  /** Copies the values out; waits until they are computed. */
  read(): TensorValues {
    const { c, status } = this.library;
    const kind = kindOf(this.dtype);
    const tensor = c.TFE_TensorHandleResolve(this.pointer, status);
    this.library.check(() => `Cannot read ${this}`);
    try {
      const length = Number(c.TF_TensorByteSize(tensor));
      const data = c.TF_TensorData(tensor);
      if (!data || length === 0) return new kind.array(new ArrayBuffer(0));
      return new kind.array(Deno.UnsafePointerView.getArrayBuffer(data, length).slice(0));
    } finally {
      c.TF_DeleteTensor(tensor);
    }
  }

  [Symbol.dispose](): void {
    if (!this.#pointer) return;
    this.library.c.TFE_DeleteTensorHandle(this.#pointer);
    this.#pointer = null;
  }

  toString(): string {
    return `${dtypeName(this.dtype)}[${this.shape}]`;
  }
}

/**
 * A new `TF_Tensor` with a copy of the values; the caller deletes it.
 *
 * @throws {RangeError} If the values do not fill the shape, or there is no memory for them.
 */
export function newTensor(
  library: Library,
  shape: number[],
  dtype: number,
  values: ArrayLike<unknown>,
): Pointer {
  const bytes = toBytes(values, dtype);
  const size = shape.reduce((product, n) => product * n, 1) * kindOf(dtype).bytes;
  if (bytes.length !== size) {
    throw new RangeError(
      `Cannot create a ${dtypeName(dtype)} tensor of shape [${shape}]: ` +
        `it takes ${size} bytes, and the values are ${bytes.length} bytes`,
    );
  }
  const tensor = library.c.TF_AllocateTensor(dtype, dims(shape), shape.length, BigInt(size));
  if (!tensor) throw new RangeError(`Cannot allocate ${size} bytes for a tensor of [${shape}]`);
  const data = library.c.TF_TensorData(tensor);
  if (data && size > 0) {
    new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(data, size)).set(bytes);
  }
  return tensor;
}

/** A shape as `int64_t` values. */
export function dims(shape: readonly number[]): BigInt64Array<ArrayBuffer> {
  return BigInt64Array.from(shape, BigInt);
}
