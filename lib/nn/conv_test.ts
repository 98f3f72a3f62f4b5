import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { type Backend, compile, switchBackend } from "../compile/mod.ts";
import { permittedTest, tensorflowTest } from "../testing/permitted.ts";
import { type Conv, conv, type ConvOptions, globalPool, maxPool } from "./mod.ts";

/** Numbers that look like noise and are the same everywhere. */
function noise<R extends tf.Rank>(shape: tf.ShapeMap[R], seed: number): tf.Tensor<R> {
  const size = shape.reduce((product, n) => product * n, 1);
  return tf.tensor(Float32Array.from({ length: size }, (_, i) => Math.sin(seed * (i + 1))), shape);
}

const cases: [side: number, kernel: number, options: ConvOptions][] = [
  [8, 7, { stride: 2, padding: 3 }],
  [9, 7, { stride: 2, padding: 3 }],
  [8, 3, { padding: 1 }],
  [8, 3, { stride: 2, padding: 1 }],
  [9, 3, { stride: 2, padding: 1 }],
  [8, 3, {}],
  [8, 1, {}],
  [8, 1, { stride: 2 }],
  [9, 1, { stride: 2 }],
  [8, 7, { stride: 2, padding: "same" }],
  [8, 3, { stride: 2, padding: "same" }],
  [9, 3, { stride: 2, padding: "same" }],
  [8, 1, { stride: 2, padding: "same" }],
];

/** Result and gradients of a convolution as numbers, compiled where the backend compiles. */
function valuesOf(side: number, kernel: number, options: ConvOptions): number[][] {
  const x = noise<tf.Rank.R4>([2, side, side, 3], 1.7);
  const weight = noise<tf.Rank.R4>([4, 3, kernel, kernel], 2.3);
  const f = (x: tf.Tensor, weight: tf.Tensor) => {
    const y = conv(x as tf.Tensor4D, { weight } as Conv, options);
    return y.mul(noise(y.shape, 0.9)).sum();
  };
  using values = compile((x: tf.Tensor4D, weight: tf.Tensor4D) => [
    conv(x, { weight }, options),
    ...tf.grads(f)([x, weight]),
  ]);
  return values(x, weight).map((tensor) => Array.from(tensor.dataSync()));
}

/** Convolves pixel by pixel, as the definition says. */
function slowly(side: number, kernel: number, { stride = 1, padding = 0 }: ConvOptions): number[] {
  const x = noise<tf.Rank.R4>([2, side, side, 3], 1.7).arraySync();
  const weight = noise<tf.Rank.R4>([4, 3, kernel, kernel], 2.3).arraySync();
  const same = Math.ceil(side / stride);
  const places = padding === "same" ? same : Math.floor((side + 2 * padding - kernel) / stride) + 1;
  const lack = Math.max(0, (same - 1) * stride + kernel - side);
  const before = padding === "same" ? Math.floor(lack / 2) : padding;
  const range = (length: number) => Array.from({ length }, (_, i) => i);
  return x.flatMap((image) =>
    range(places).flatMap((row) =>
      range(places).flatMap((column) =>
        weight.map((channels) => {
          let sum = 0;
          for (const [c, rows] of channels.entries()) {
            for (const [i, values] of rows.entries()) {
              for (const [j, value] of values.entries()) {
                const pixel = image[row * stride + i - before]?.[column * stride + j - before];
                sum += value * (pixel?.[c] ?? 0);
              }
            }
          }
          return sum;
        })
      )
    )
  );
}

const permissions = ["ffi", "read", "write", "env", "run", "sys"] as const;

permittedTest("conv() follows its definition on every backend", permissions, async (t) => {
  for (const backend of ["cpu", "wasm", "tensorflow"] satisfies Backend[]) {
    await t.step(backend, async () => {
      await switchBackend(backend);
      for (const [side, kernel, options] of cases) {
        const x = noise<tf.Rank.R4>([2, side, side, 3], 1.7);
        const y = conv(x, { weight: noise([4, 3, kernel, kernel], 2.3) }, options).dataSync();
        for (const [i, value] of slowly(side, kernel, options).entries()) {
          assertAlmostEquals(y[i]!, value, 1e-4);
        }
      }
    });
  }
}, { sanitize: false });

tensorflowTest("conv() has the gradients of TensorFlow.js's own backend", async () => {
  for (const [side, kernel, options] of cases) {
    await switchBackend("cpu");
    const expected = valuesOf(side, kernel, options);
    await switchBackend("tensorflow");
    for (const [k, values] of valuesOf(side, kernel, options).entries()) {
      for (const [i, value] of values.entries()) {
        assertAlmostEquals(value, expected[k]![i]!, 2e-4, `${side} px, ${kernel} x ${kernel}`);
      }
    }
  }
});

Deno.test("maxPool() never takes a pixel that it has added", async () => {
  await tf.setBackend("cpu");
  const x = tf.tensor4d([-4, -3, -2, -1], [1, 2, 2, 1]);
  const pool = (x: tf.Tensor) => maxPool(x as tf.Tensor4D, { size: 3, stride: 2, padding: 1 });
  const y = pool(x);
  assertEquals([y.shape, Array.from(y.dataSync())], [[1, 1, 1, 1], [-1]]);
  assertEquals(Array.from(tf.grad(pool)(x).dataSync()), [0, 0, 0, 1]);
});

Deno.test("globalPool() is the mean over all places", async () => {
  await tf.setBackend("cpu");
  const x = tf.tensor4d([1, 10, 3, 30], [1, 1, 2, 2]);
  assertEquals(globalPool(x).arraySync(), [[2, 20]]);
});
