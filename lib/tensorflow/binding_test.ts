import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { tensorflowTest } from "../testing/permitted.ts";
import { attribute } from "./attribute.ts";
import type { TensorFlowBackend } from "./backend_type.ts";
import { dtypes, toBytes } from "./dtype.ts";

const backend = () => tf.backend() as TensorFlowBackend;

tensorflowTest(
  "the error of an operation names it, the types and shapes of its inputs, and the reason",
  () => {
    const attributes = [attribute.type("T", dtypes.float32)];
    const inputs = [tf.ones([2, 3]), tf.ones([4, 5])];
    const multiply = () => backend().executeSingleOutput("MatMul", attributes, inputs);
    const error = assertThrows(multiply, Error);
    for (const part of ["MatMul(float32[2,3], float32[4,5])", "incompatible"]) {
      assertStringIncludes(error.message, part);
    }
  },
);

tensorflowTest("an index out of range is an error of tf.gather", () => {
  const error = assertThrows(() => tf.gather(tf.ones([2, 3]), tf.tensor1d([5], "int32")), Error);
  assertStringIncludes(error.message, "tf.gather");
});

tensorflowTest("elements of every type come back from TensorFlow as they were", () => {
  assertEquals([...tf.tensor1d([1.5, -2]).clone().neg().neg().dataSync()], [1.5, -2]);
  assertEquals([...tf.tensor1d([2 ** 30, -3], "int32").add(0).dataSync()], [2 ** 30, -3]);
  assertEquals([...tf.tensor1d([true, false], "bool").logicalNot().dataSync()], [0, 1]);
  assertEquals([...tf.real(tf.complex([1, 2], [3, 4])).dataSync()], [1, 2]);
  assertEquals(tf.tensor2d([], [0, 3]).add(1).shape, [0, 3]);
});

tensorflowTest(
  "disposing of tensors frees their handles, and a disposed one cannot be used",
  () => {
    const { binding } = backend();
    const before = binding.getNumOfTensors();
    const x = tf.ones([3]).add(1);
    const id = binding.createTensor([2], binding.TF_FLOAT, Float32Array.of(1, 2));
    tf.dispose(x);
    binding.deleteTensor(id);
    binding.deleteTensor(id);
    assertThrows(() => binding.tensorDataSync(id), ReferenceError, "has been disposed");
    assertThrows(() => x.add(1), Error);
    tf.tidy(() => void tf.ones([4]).add(1).mul(2).sum());
    assertEquals(binding.getNumOfTensors(), before + 1); // tf.ones([3]) above is still alive
  },
);

tensorflowTest("values of another size than the shape are refused", () => {
  const { binding } = backend();
  assertThrows(
    () => binding.createTensor([3], binding.TF_FLOAT, Float32Array.of(1, 2)),
    RangeError,
    "takes 12 bytes, and the values are 8 bytes",
  );
  assertThrows(() => toBytes(["a"], binding.TF_STRING), TypeError, "string");
});

tensorflowTest("thousands of eager operations leave no handle behind", () => {
  const { binding } = backend();
  const x = tf.ones([5]);
  x.add(x).dispose();
  const before = binding.getNumOfTensors();
  for (let i = 0; i < 3000; i++) tf.tidy(() => void x.mul(2).add(x).sum());
  assertEquals(binding.getNumOfTensors(), before);
});

tensorflowTest("a process that has loaded TensorFlow exits with its own code", async () => {
  const module = new URL("../compile/mod.ts", import.meta.url);
  for (const [end, expected] of [["", 0], ["Deno.exit(3)", 3], ["throw 1", 1]] as const) {
    const { code, signal } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", `import { use } from "${module}"; await use("tensorflow"); ${end}`],
      cwd: new URL("../..", import.meta.url),
    }).output();
    assertEquals([code, signal], [expected, null]);
  }
});
