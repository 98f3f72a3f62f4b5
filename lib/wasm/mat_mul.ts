import * as tf from "@tensorflow/tfjs";
import type { Kernel, Replacement, WasmBackend } from "./replacement.ts";

/**
 * Multiplications in one product from which on the products of a batch are computed one by one:
 * for smaller ones a call costs more than the backend's plain loop.
 */
const smallest = 4_000;

/**
 * `tf.matMul` by XNNPACK wherever that pays. The backend itself uses XNNPACK for a single product
 * of matrices as they are, and a plain loop, some twenty times slower, where a matrix is transposed
 * or where there is a batch of products. So matrices are transposed first, and the products of a
 * batch are computed one by one.
 */
export const matMul: Replacement<"a" | "b"> = {
  name: "BatchMatMul",
  make: (backend, native) => {
    const multiply = slicewise(backend);
    return ({ a, b }, { transposeA, transposeB }) => {
      const [rows, inner] = sizes(a, transposeA as boolean);
      const [, columns] = sizes(b, transposeB as boolean);
      const batch = product(a.shape.slice(0, -2));
      const single = batch === 1 && product(b.shape.slice(0, -2)) === 1;
      const separate = batch > 1 && String(a.shape.slice(0, -2)) === String(b.shape.slice(0, -2)) &&
        rows * inner * columns >= smallest;
      if (!single && !separate) return native({ a, b }, { transposeA, transposeB });
      const left = upright(a, transposeA as boolean);
      const right = upright(b, transposeB as boolean);
      const result = single
        ? native({ a: left, b: right }, { transposeA: false, transposeB: false })
        : multiply({ a: left, b: right }, {});
      if (left !== a) backend.disposeData(left.dataId);
      if (right !== b) backend.disposeData(right.dataId);
      return result;
    };

    /** The matrices so that no flag is needed. */
    function upright(x: tf.TensorInfo, transposed: boolean): tf.TensorInfo {
      if (!transposed) return x;
      const axes = x.shape.map((_, axis) => axis);
      const perm = [...axes.slice(0, -2), axes.length - 1, axes.length - 2];
      const { kernelFunc } = tf.getKernel("Transpose", "wasm");
      return kernelFunc({ inputs: { x }, attrs: { perm }, backend }) as tf.TensorInfo;
    }
  },
};

/**
 * Products of the matrices of two batches, `[..., rows, inner]` and `[..., inner, columns]`, one
 * after the other.
 */
function slicewise(backend: WasmBackend): Kernel<"a" | "b"> {
  const { wasm, dataIdMap } = backend;
  const numbers = (...kinds: string[]) => kinds;
  const batchMatMul = wasm.cwrap(
    "BatchMatMul",
    null,
    // deno-fmt-ignore
    numbers("number", "array", "number", "number", "array", "number", "number", "number", "number"),
  );
  const bytes = (...shape: number[]) => new Uint8Array(Int32Array.from(shape).buffer);
  return ({ a, b }) => {
    const [rows, inner] = sizes(a, false);
    const [, columns] = sizes(b, false);
    const out = backend.makeOutput([...a.shape.slice(0, -1), columns], "float32");
    const [shapeA, shapeB] = [bytes(1, rows, inner), bytes(1, inner, columns)];
    const memoryOf = ({ dataId, shape }: tf.TensorInfo): Memory => ({
      offset: dataIdMap.get(dataId).memoryOffset,
      length: product(shape.slice(-2)),
    });
    const [left, right, result] = [memoryOf(a), memoryOf(b), memoryOf(out)];
    /** A slice is a tensor of its own over the same memory. */
    const slice = ({ offset, length }: Memory, i: number): number => {
      const id = backend.dataIdNextNumber++;
      wasm.tfjs.registerTensor(id, length, offset + 4 * length * i);
      return id;
    };
    for (let i = 0; i < product(a.shape.slice(0, -2)); i++) {
      const [idA, idB, idOut] = [slice(left, i), slice(right, i), slice(result, i)];
      batchMatMul(idA, shapeA, 3, idB, shapeB, 3, 0, 0, idOut);
      for (const id of [idA, idB, idOut]) wasm.tfjs.disposeData(id);
    }
    return out;
  };
}

/** Where a batch begins in memory, in bytes, and how many elements each of its matrices has. */
type Memory = { offset: number; length: number };

/** Rows and columns of the matrices. */
function sizes({ shape }: tf.TensorInfo, transposed: boolean): [rows: number, columns: number] {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return transposed ? [columns, rows] : [rows, columns];
}

function product(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}
