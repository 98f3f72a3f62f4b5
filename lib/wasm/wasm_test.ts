import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { switchBackend } from "../compile/mod.ts";
import { Random } from "../random/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { decompose } from "./transpose.ts";

const random = new Random("wasm");

function noise(shape: number[]): Float32Array {
  const size = shape.reduce((product, n) => product * n, 1);
  return Float32Array.from({ length: size }, () => random.normal());
}

/** Checks that a function gives the same result on the backends wasm and cpu. */
async function agree<X extends tf.Tensor[]>(f: (...inputs: X) => tf.Tensor, ...shapes: number[][]) {
  const data = shapes.map((shape) => ({ shape, values: noise(shape) }));
  const evaluate = async (backend: "wasm" | "cpu") => {
    await switchBackend(backend);
    const inputs = data.map(({ values, shape }) => tf.tensor(values, shape)) as X;
    const y = f(...inputs);
    const result = { shape: y.shape, values: y.dataSync() };
    tf.dispose([inputs, y]);
    return result;
  };
  const [result, expected] = [await evaluate("wasm"), await evaluate("cpu")];
  assertEquals(result.shape, expected.shape);
  result.values.forEach((value, i) => assertAlmostEquals(value, expected.values[i]!, 1e-4));
}

const booleans = [false, true];

permittedTest(
  "wasm multiplies matrices, transposed or not, alone and in batches",
  ["read"],
  async () => {
    for (const batch of [[], [1], [3], [2, 3], [2, 1, 2]]) {
      for (const [m, k, n] of [[1, 1, 1], [5, 7, 3], [17, 16, 33], [40, 1, 9]] as const) {
        for (const transposeA of booleans) {
          for (const transposeB of booleans) {
            await agree(
              (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, transposeA, transposeB),
              [...batch, ...transposeA ? [k, m] : [m, k]],
              [...batch, ...transposeB ? [n, k] : [k, n]],
            );
          }
        }
      }
    }
  },
);

permittedTest("NaN in a matrix is NaN in its product on wasm", ["read"], async () => {
  await switchBackend("wasm");
  for (const shape of [[20, 20], [3, 20, 20]]) {
    const product = tf.matMul(tf.fill(shape, NaN), tf.ones(shape));
    assertEquals(product.isNaN().all().dataSync()[0], 1);
  }
});

permittedTest("wasm transposes tensors of up to six axes", ["read"], async () => {
  for (const shape of [[2, 3, 4, 5, 2], [2, 5, 3, 1, 4], [3, 1, 2, 2, 1, 3]]) {
    for (let i = 0; i < 20; i++) {
      const perm = [...random.permutation(shape.length)];
      await agree((x: tf.Tensor) => tf.transpose(x, perm), shape);
    }
  }
});

permittedTest("wasm gathers along every axis, with and without batches", ["read"], async () => {
  const index = (...shape: number[]) =>
    tf.tensor(noise(shape).map((x) => Math.abs(Math.round(100 * x)) % 6), shape, "int32");
  for (const shape of [[6], [6, 1], [3, 6, 4], [2, 6, 6, 6]]) {
    for (const axis of shape.keys()) {
      if (shape[axis] !== 6) continue;
      const rows = index(7).dataSync();
      await agree((x: tf.Tensor) => tf.gather(x, tf.tensor1d(rows, "int32"), axis), shape);
    }
  }
  const rows = index(10, 3).arraySync() as number[][];
  const inBatches = (x: tf.Tensor) => tf.gather(x, tf.tensor2d(rows, [10, 3], "int32"), 1, 1);
  await agree(inBatches, [10, 16, 64]);
  await agree(inBatches, [10, 6]);
  await switchBackend("wasm");
  assertThrows(() => tf.gather(tf.ones([2, 3]), [5]), RangeError, "index 5 of an axis of 2");
});

Deno.test("a transposition is decomposed into transpositions of at most four axes", () => {
  assertEquals(decompose([128, 17, 3, 4, 32], [2, 0, 3, 1, 4]), [
    { shape: [1, 2176, 3, 128], perm: [0, 2, 1, 3] },
    { shape: [384, 17, 4, 32], perm: [0, 2, 1, 3] },
  ]);
  assertEquals(decompose([2, 3, 4], [0, 1, 2]), [{ shape: [24], perm: [0] }]);
});

permittedTest("products and transpositions on wasm leak no memory", ["read"], async () => {
  await switchBackend("wasm");
  const [a, x] = [tf.ones([3, 20, 20]), tf.ones([2, 3, 4, 5, 6])];
  const numDataIds = () => tf.backend().numDataIds();
  const before = { data: numDataIds(), tensors: tf.memory().numTensors };
  tf.dispose([tf.matMul(a, a, true, true), tf.matMul(a, a), tf.transpose(x, [4, 2, 0, 3, 1])]);
  assertEquals({ data: numDataIds(), tensors: tf.memory().numTensors }, before);
  assert(before.data > 0);
});
