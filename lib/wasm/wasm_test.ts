import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { use } from "../compile/mod.ts";
import { Random } from "../random/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { decompose } from "./transpose.ts";

const random = new Random("wasm");

function noise(shape: number[]): Float32Array {
  const size = shape.reduce((product, n) => product * n, 1);
  return Float32Array.from({ length: size }, () => random.normal());
}

/** What `f` makes of the same numbers on wasm is what it makes of them on cpu. */
async function agree(f: (...inputs: tf.Tensor[]) => tf.Tensor, ...shapes: number[][]) {
  const values = shapes.map(noise);
  const evaluate = async (backend: "wasm" | "cpu") => {
    await use(backend);
    const inputs = values.map((values, i) => tf.tensor(values, shapes[i]));
    const y = f(...inputs);
    const found = { shape: y.shape, values: y.dataSync() };
    tf.dispose([inputs, y]);
    return found;
  };
  const [found, expected] = [await evaluate("wasm"), await evaluate("cpu")];
  assertEquals(found.shape, expected.shape);
  found.values.forEach((value, i) => assertAlmostEquals(value, expected.values[i], 1e-4));
}

permittedTest(
  "wasm multiplies matrices however they lie, alone and in batches",
  ["read"],
  async () => {
    for (const batch of [[], [1], [3], [2, 3], [2, 1, 2]]) {
      for (const [rows, inner, columns] of [[1, 1, 1], [5, 7, 3], [17, 16, 33], [40, 1, 9]]) {
        for (
          const [transposeA, transposeB] of [[false, false], [false, true], [true, false], [
            true,
            true,
          ]]
        ) {
          await agree(
            (a, b) => tf.matMul(a, b, transposeA, transposeB),
            [...batch, ...transposeA ? [inner, rows] : [rows, inner]],
            [...batch, ...transposeB ? [columns, inner] : [inner, columns]],
          );
        }
      }
    }
  },
);

permittedTest("wasm hands on what is not a number", ["read"], async () => {
  await use("wasm");
  for (const shape of [[20, 20], [3, 20, 20]]) {
    const product = tf.matMul(tf.fill(shape, NaN), tf.ones(shape));
    assertEquals(product.isNaN().all().dataSync()[0], 1);
  }
});

permittedTest("wasm transposes tensors of up to six axes", ["read"], async () => {
  for (const shape of [[2, 3, 4, 5, 2], [2, 5, 3, 1, 4], [3, 1, 2, 2, 1, 3]]) {
    for (let i = 0; i < 20; i++) {
      const perm = [...random.permutation(shape.length)];
      await agree((x) => tf.transpose(x, perm), shape);
    }
  }
});

permittedTest("wasm gathers along every axis, with and without batches", ["read"], async () => {
  const index = (...shape: number[]) =>
    tf.tensor(noise(shape).map((x) => Math.abs(Math.round(100 * x)) % 6), shape, "int32");
  for (const shape of [[6], [6, 1], [3, 6, 4], [2, 6, 6, 6]]) {
    for (const axis of shape.keys()) {
      if (shape[axis] !== 6) continue;
      const at = index(7);
      const numbers = at.dataSync();
      await agree((x) => tf.gather(x, tf.tensor1d(numbers, "int32"), axis), shape);
    }
  }
  const each = index(10, 3).arraySync() as number[][];
  await agree((x) => tf.gather(x, tf.tensor2d(each, [10, 3], "int32"), 1, 1), [10, 16, 64]);
  await agree((x) => tf.gather(x, tf.tensor2d(each, [10, 3], "int32"), 1, 1), [10, 6]);
  await use("wasm");
  assertThrows(() => tf.gather(tf.ones([2, 3]), [5]), RangeError, "index 5 of an axis of 2");
});

Deno.test("a transposition is made of such of at most four axes", () => {
  assertEquals(decompose([128, 17, 3, 4, 32], [2, 0, 3, 1, 4]), [
    { shape: [1, 2176, 3, 128], perm: [0, 2, 1, 3] },
    { shape: [384, 17, 4, 32], perm: [0, 2, 1, 3] },
  ]);
  assertEquals(decompose([2, 3, 4], [0, 1, 2]), [{ shape: [24], perm: [0] }]);
});

permittedTest("products and transpositions leave no memory behind", ["read"], async () => {
  await use("wasm");
  const [a, x] = [tf.ones([3, 20, 20]), tf.ones([2, 3, 4, 5, 6])];
  const numDataIds = () => tf.backend().numDataIds();
  const before = [numDataIds(), tf.memory().numTensors];
  tf.dispose([tf.matMul(a, a, true, true), tf.matMul(a, a), tf.transpose(x, [4, 2, 0, 3, 1])]);
  assertEquals([numDataIds(), tf.memory().numTensors], before);
  assert(before[0] > 0);
});
