import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertThrows, fail } from "@std/assert";
import type { TensorFlowBackend } from "../tensorflow/mod.ts";
import { tensorflowTest } from "../testing/permitted.ts";
import { compile, fastPrecision } from "./mod.ts";

Deno.test("bfloat16 is chosen only where the processor has instructions for it", () => {
  const on = (cpuinfo: string) => fastPrecision({ cpuinfo });
  assertEquals(on("flags : fpu avx512f avx512_bf16 sha_ni"), "bfloat16");
  assertEquals(on("flags : amx_bf16"), "bfloat16");
  assertEquals(on("flags : fpu avx2 fma"), "float32");
  assertEquals(on(""), "float32");
});

Deno.test("on a GPU its own instructions count, not those of the processor", () => {
  for (const [multipliesBfloat16, precision] of [[true, "bfloat16"], [false, "float32"]] as const) {
    assertEquals(fastPrecision({ abilities: { multipliesBfloat16 } }), precision);
  }
});

tensorflowTest("TF32 is allowed only while a function in tf32 runs", () => {
  const { library } = (tf.backend() as TensorFlowBackend).binding;
  assertEquals(library.allowsTf32, false);
  assertEquals(library.withTf32(() => library.allowsTf32), true);
  assertThrows(() => library.withTf32(() => fail("within")), Error, "within");
  assertEquals(library.allowsTf32, false);

  const square = (x: tf.Tensor2D) => tf.matMul(x, x);
  using exact = compile(square), tf32 = compile(square, { precision: "tf32" });
  const x = tf.randomNormal<tf.Rank.R2>([4, 4]);
  const expected = exact(x).dataSync();
  let count = 0;
  const { withTf32 } = library;
  library.withTf32 = <T>(f: () => T): T => {
    count++;
    return withTf32.call(library, f) as T;
  };
  try {
    assertEquals(tf32(x).dataSync(), expected, "a processor multiplies in float32");
    exact(x);
    assertEquals(count, 1);
  } finally {
    library.withTf32 = withTf32;
  }
});
