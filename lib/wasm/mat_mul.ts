import * as tf from "@tensorflow/tfjs";
import type { Kernel, Replacement, WasmBackend } from "./replacement.ts";

/** Products of a batch of fewer multiplications are left to the backend's plain loop: a call of their own costs more. */
const smallest = 4_000;

/**
 * `tf.matMul` by XNNPACK wherever that pays. The backend itself uses it for one product of matrices as they are, and a plain
 * loop, some twenty times slower, where one is transposed or there is a batch of them; so matrices are transposed first,
 * and the products of a batch are made one by one.
 */
export const matMul: Replacement = {
  name: "BatchMatMul",
  make: (backend, native) => {
    const multiply = slicewise(backend);
    return ({ a, b }, { transposeA, transposeB }) => {
      const [rows, inner] = sizes(a, transposeA as boolean);
      const columns = sizes(b, transposeB as boolean)[1];
      const batch = size(a.shape.slice(0, -2));
      const asOne = batch === 1 && size(b.shape.slice(0, -2)) === 1;
      const apart = batch > 1 && String(a.shape.slice(0, -2)) === String(b.shape.slice(0, -2)) &&
        rows * inner * columns >= smallest;
      if (!asOne && !apart) return native({ a, b }, { transposeA, transposeB });
      const [left, right] = [upright(a, transposeA as boolean), upright(b, transposeB as boolean)];
      const product = asOne
        ? native({ a: left, b: right }, { transposeA: false, transposeB: false })
        : multiply({ a: left, b: right }, {});
      if (left !== a) backend.disposeData(left.dataId);
      if (right !== b) backend.disposeData(right.dataId);
      return product;
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

/** Products of the matrices of two batches `[..., rows, inner]` and `[..., inner, columns]`, one after the other. */
function slicewise(backend: WasmBackend): Kernel {
  const { wasm, dataIdMap } = backend;
  const numbers = (...kinds: string[]) => kinds;
  const product = wasm.cwrap(
    "BatchMatMul",
    null,
    // deno-fmt-ignore
    numbers("number", "array", "number", "number", "array", "number", "number", "number", "number"),
  );
  const bytes = (...shape: number[]) => new Uint8Array(Int32Array.from(shape).buffer);
  return ({ a, b }) => {
    const [rows, inner] = sizes(a, false);
    const columns = sizes(b, false)[1];
    const out = backend.makeOutput([...a.shape.slice(0, -1), columns], "float32");
    const [shapeA, shapeB] = [bytes(1, rows, inner), bytes(1, inner, columns)];
    // A slice is a tensor of its own over the same memory.
    const slices = [a, b, out].map(({ dataId, shape }) => {
      const [height, width] = shape.slice(-2);
      return { from: dataIdMap.get(dataId).memoryOffset, length: height * width };
    });
    for (let i = 0; i < size(a.shape.slice(0, -2)); i++) {
      const ids = slices.map(({ from, length }) => {
        const id = backend.dataIdNextNumber++;
        wasm.tfjs.registerTensor(id, length, from + 4 * length * i);
        return id;
      });
      product(ids[0], shapeA, 3, ids[1], shapeB, 3, 0, 0, ids[2]);
      ids.forEach((id) => wasm.tfjs.disposeData(id));
    }
    return out;
  };
}

/** Rows and columns of the matrices. */
function sizes({ shape }: tf.TensorInfo, transposed: boolean): [rows: number, columns: number] {
  const [rows, columns] = shape.slice(-2);
  return transposed ? [columns, rows] : [rows, columns];
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}
