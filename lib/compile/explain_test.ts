import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { permittedTest, tensorflowTest } from "../testing/permitted.ts";
import { compile, explain, switchBackend } from "./mod.ts";

tensorflowTest("explain() lists operations, inputs, captures and outputs", () => {
  const weight = tf.ones<tf.Rank.R2>([4, 5]).add<tf.Tensor2D>(0);
  using f = compile((x: tf.Tensor2D, p: { bias: tf.Tensor1D }) => {
    const y = tf.matMul(x, weight).add(p.bias);
    return [y.add(1), y.argMax(-1)];
  }, { name: "layer" });
  tf.dispose(f(tf.ones([3, 4]), { bias: tf.zeros([5]) }));
  const { name, operations, inputs, captures, outputs, text } = explain(f);
  assertEquals(name, "layer");
  assertEquals(inputs, [
    { shape: [3, 4], dtype: "float32" },
    { shape: [5], dtype: "float32" },
  ]);
  assertEquals(captures, [{ shape: [4, 5], dtype: "float32" }]);
  assertEquals(outputs, [
    { shape: [3, 5], dtype: "float32" },
    { shape: [3], dtype: "int32" },
  ]);
  assertEquals([operations.MatMul, operations.ArgMax], [1, 1]);
  assertEquals(operations.Placeholder, undefined);
  assertStringIncludes(text, "= input 1: float32[5]\n");
  assertStringIncludes(text, "= capture 0: float32[4,5]\n");
  const [, product] = /(MatMul_\d+) = MatMul\(Placeholder_0, Placeholder_\d+\)/.exec(text)!;
  assertStringIncludes(text, `(${product}, Placeholder_1): float32[3,5]`);
  assert(text.trimEnd().split("\n").at(-1)!.startsWith("return "));
});

tensorflowTest(
  "a compiled function holds equal constants once, and no cast that changes nothing",
  () => {
    using f = compile((x: tf.Tensor) => {
      const means = [x.mean(-1), x.mul(0.5).mean(-1), x.mul(2).mean(-1)];
      return { sum: tf.addN(means).mul(0.5), whole: x.mul(2).toInt().toFloat() };
    });
    const { sum, whole } = f(tf.tensor2d([[1, 3], [2, 6]]));
    assertEquals(Array.from(sum!.dataSync()), [3.5, 7]);
    assertEquals(Array.from(whole!.dataSync()), [2, 6, 4, 12]);
    const { operations } = explain(f);
    // A half, two and the last axis; to int32 and back.
    assertEquals([operations.Const, operations.Cast, operations.Mean], [3, 2, 3]);
  },
);

tensorflowTest("explain() gives a GraphDef that holds every operation", () => {
  using f = compile((x: tf.Tensor) => x.exp().log());
  tf.dispose(f(tf.ones([2])));
  const { graphDef, operations } = explain(f);
  const text = new TextDecoder("latin1").decode(graphDef);
  for (const kind of Object.keys(operations)) assertStringIncludes(text, `\x12${lengthOf(kind)}`);
  assertStringIncludes(text, "Placeholder_0");
});

/** A text as in a field of a protobuf message: behind its length. */
const lengthOf = (text: string) => String.fromCharCode(text.length) + text;

tensorflowTest("a profile measures each operation, also for a new signature", () => {
  using f = compile((x: tf.Tensor2D) => tf.matMul(x, x).exp().sum());
  tf.dispose(f(tf.ones([4, 4])));
  const before = tf.memory().numTensors;
  const x = tf.ones<tf.Rank.R2>([200, 200]);
  const { seconds, kinds, operations, text } = explain(f).profile(x);
  const product = operations.find(({ name }) => name.startsWith("MatMul"))!;
  assert(product.seconds > 1e-6, `200^3 multiplications in ${product.seconds} s`);
  assert(product.start + product.seconds <= seconds);
  const exp = kinds.find(({ kind }) => kind === "Exp")!;
  assertEquals(exp.count, 1);
  assertStringIncludes(text, "1 x Exp\n");
  x.dispose();
  assertEquals(tf.memory().numTensors, before, "the results are discarded");
  assertEquals(f.traces.length, 2);
});

tensorflowTest("a function cannot be explained before its first call or after disposal", () => {
  const f = compile((x: tf.Tensor) => x.neg(), { name: "f" });
  assertThrows(() => explain(f), Error, "Cannot explain f: nothing has been traced");
  tf.dispose(f(tf.ones([2])));
  const { profile } = explain(f);
  f[Symbol.dispose]();
  assertThrows(() => explain(f), Error, "nothing has been traced");
  assertThrows(() => profile(tf.ones([2])), ReferenceError, "disposed");
});

permittedTest("on another backend there is nothing to profile", [], async () => {
  await switchBackend("cpu");
  using f = compile((x: tf.Tensor) => x.neg(), { name: "f" });
  assertEquals([...f(tf.ones([1])).dataSync()], [-1]);
  assertThrows(() => f.profile(tf.ones([1])), Error, "Cannot profile f on the backend cpu");
});
