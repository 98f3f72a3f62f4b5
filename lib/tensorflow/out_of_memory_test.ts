import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertThrows } from "@std/assert";
import { tensorflowTest } from "../testing/permitted.ts";
import type { TensorFlowBackend } from "./mod.ts";
import { OutOfMemory } from "./out_of_memory.ts";

Deno.test("an error says that no memory is left, how much was asked for, and what to do", () => {
  const reason = "OOM when allocating tensor with shape[64,785,785]\n\t [[{{node MatMul_3}}]]";
  assertEquals(
    new OutOfMemory("Cannot run step()", reason).message,
    "Cannot run step(): the device has no memory left (OOM when allocating tensor with " +
      "shape[64,785,785]); make `batchSize` smaller, or cut it by `accumulate`",
  );
});

tensorflowTest("a failure for want of memory is told from others by its code", () => {
  const { library } = (tf.backend() as TensorFlowBackend).binding;
  const { c } = library;
  const failWith = (code: number) => {
    Object.assign(library, { c: { ...c, TF_GetCode: () => code } });
    try {
      return assertThrows(() => library.check(() => "Cannot try"), Error, "Cannot try: ");
    } finally {
      Object.assign(library, { c });
    }
  };
  assertEquals([8, 3].map((code) => failWith(code) instanceof OutOfMemory), [true, false]);
});
