import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import type { TensorFlowBackend } from "../tensorflow/mod.ts";
import { tensorflowTest } from "../testing/permitted.ts";
import { compile } from "./mod.ts";

const handles = () => (tf.backend() as TensorFlowBackend).binding.getNumOfTensors();

function assertRefused(f: (x: tf.Tensor2D) => tf.Tensor, ...parts: string[]) {
  using compiled = compile(f);
  const before = [handles(), tf.memory().numTensors];
  const x = tf.ones<tf.Rank.R2>([2, 3]);
  const error = assertThrows(() => compiled(x), Error);
  for (const part of parts) assertStringIncludes(error.message, part);
  x.dispose();
  assertEquals(
    [handles(), tf.memory().numTensors],
    before,
    "a refused trace leaves nothing behind",
  );
}

tensorflowTest("compile() takes and returns trees of tensors, like the function itself", () => {
  using f = compile((p: { w: tf.Tensor; list: [tf.Tensor, { b: tf.Tensor }] }, x: tf.Tensor) => ({
    y: x.mul(p.w).add(p.list[1].b),
    more: [p.list[0].neg()],
  }));
  const args = [
    { w: tf.scalar(2), list: [tf.scalar(5), { b: tf.scalar(1) }] as [tf.Tensor, { b: tf.Tensor }] },
    tf.tensor1d([1, 2]),
  ] as const;
  for (let i = 0; i < 2; i++) {
    const { y, more } = f(...args);
    assertEquals([...y.dataSync()], [3, 5]);
    assertEquals([...more[0]!.dataSync()], [-5]);
  }
  assertEquals(f.traces.length, 1);
});

tensorflowTest("compile() traces once per shapes, types, structure and plain values", () => {
  let runs = 0;
  using f = compile((x: tf.Tensor, options: { k: number }) => {
    runs++;
    return x.mul(options.k);
  });
  assertEquals([...f(tf.tensor1d([1, 2]), { k: 3 }).dataSync()], [3, 6]);
  assertEquals([...f(tf.tensor1d([2, 2]), { k: 3 }).dataSync()], [6, 6]);
  assertEquals(runs, 1);
  assertEquals([...f(tf.tensor1d([2, 2]), { k: 4 }).dataSync()], [8, 8]);
  assertEquals([...f(tf.tensor1d([1, 2, 3]), { k: 3 }).dataSync()], [3, 6, 9]);
  assertEquals([...f(tf.tensor1d([1, 2], "int32"), { k: 3 }).dataSync()], [3, 6]);
  assertEquals(runs, 4);
});

tensorflowTest("compile() lets XLA run the function, with the same numbers", () => {
  const f = (x: tf.Tensor2D) => tf.softmax(tf.matMul(x, x, false, true)).sum(0);
  using graph = compile(f);
  using xla = compile(f, { executor: "xla" });
  const x = tf.randomNormal<tf.Rank.R2>([5, 4], 0, 1, "float32", 3);
  const [difference = NaN] = graph(x).sub(xla(x)).abs().max().dataSync();
  assert(difference < 1e-5, `they differ by ${difference}`);
});

tensorflowTest("what XLA refuses runs by the graph executor, and one line says so", () => {
  const { reports } = tf.backend() as TensorFlowBackend;
  const lines: string[] = [];
  const { log } = reports;
  reports.log = (line) => void lines.push(line);
  const before = handles();
  try {
    const boxes = tf.tensor2d([[0, 0, 1, 1]]), box = tf.tensor1d([0], "int32");
    using f = compile((x: tf.Tensor4D) => tf.image.cropAndResize(x, boxes, box, [2, 3]), {
      executor: "xla",
      name: "crop",
    });
    const x = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
    for (let i = 0; i < 2; i++) {
      const crop = f(x);
      assertEquals([...crop.dataSync()], [1, 2, 3, 4, 5, 6]);
      crop.dispose();
    }
    tf.dispose([x, boxes, box]);
  } finally {
    reports.log = log;
  }
  assertEquals(lines.length, 1);
  assertStringIncludes(lines[0]!, "XLA cannot compile crop, which runs without it: Cannot run");
  assertEquals(handles(), before);
});

tensorflowTest("XLA tells what it compiles, at the first call of each signature", () => {
  const { reports } = tf.backend() as TensorFlowBackend;
  const events: string[] = [];
  reports.compiling = (name) => {
    events.push(`begin ${name}`);
    return { [Symbol.dispose]: () => void events.push("end") };
  };
  try {
    using f = compile((x: tf.Tensor) => x.square(), { executor: "xla", name: "square" });
    for (const size of [2, 2, 3]) f(tf.ones([size])).dispose();
  } finally {
    delete reports.compiling;
  }
  assertEquals(events, ["begin square", "end", "begin square", "end"]);
});

tensorflowTest("functions that compute the same share a name, and outlive each other", () => {
  const make = (factor: number) => compile((x: tf.Tensor) => x.mul(factor), { name: "scale" });
  using first = make(3), other = make(4);
  const second = make(3);
  const x = tf.tensor1d([1, 2]);
  const results = [first, second, other].map((f) => [...f(x).dataSync()]);
  assertEquals(results, [[3, 6], [3, 6], [4, 8]]);
  const names = [first, second, other].map((f) => f.traces[0]!.name);
  assertEquals(names[0], names[1]);
  assert(names[0] !== names[2], names[0]);
  second[Symbol.dispose]();
  assertEquals([...first(x).dataSync()], [3, 6]);
});

tensorflowTest("bfloat16 products differ by their rounding, and only they do", () => {
  const f = (x: tf.Tensor2D) => ({ product: tf.matMul(x, x, false, true), square: x.mul(x) });
  using exact = compile(f);
  using rounded = compile(f, { precision: "bfloat16" });
  const x = tf.randomNormal<tf.Rank.R2>([8, 16], 0, 1, "float32", 3);
  const difference = (name: "product" | "square") =>
    exact(x)[name].sub(rounded(x)[name]).abs().max().dataSync()[0]!;
  const product = difference("product");
  assert(product > 0 && product < 0.2, `the products differ by ${product}`);
  assertEquals(difference("square"), 0);
});

tensorflowTest("compile() captures outside tensors, which may then be disposed", () => {
  const large = tf.range(0, 100);
  const small = tf.scalar(3);
  using f = compile((x: tf.Tensor) => x.add(large).mul(small));
  const first = f(tf.ones([100])).dataSync();
  tf.dispose([large, small]);
  assertEquals(f(tf.ones([100])).dataSync(), first);
  assertEquals(first[7], 24);
  assertEquals(f.traces[0]?.captures.length, 1);
});

tensorflowTest("an outside tensor that is first used inside a trace remains usable", () => {
  const fresh = tf.tensor1d([1, 2, 3]); // not yet sent to TensorFlow
  using f = compile((x: tf.Tensor) => x.add(fresh));
  f(tf.ones([3]));
  assertEquals([...fresh.mul(2).dataSync()], [2, 4, 6]);
});

tensorflowTest("compile() passes lists of tensors to operations that take lists", () => {
  using f = compile((x: tf.Tensor1D, y: tf.Tensor1D) => ({
    concat: tf.concat([x, y, x]),
    stack: tf.stack([x, y]),
    sum: tf.addN([x, y, y]),
  }));
  const { concat, stack, sum } = f(tf.tensor1d([1, 2]), tf.tensor1d([3, 4]));
  assertEquals([...concat.dataSync()], [1, 2, 3, 4, 1, 2]);
  assertEquals(stack.shape, [2, 2]);
  assertEquals([...sum.dataSync()], [7, 10]);
});

tensorflowTest("compile() hands back an argument, a constant, and one value twice", () => {
  using f = compile((x: tf.Tensor) => {
    const y = x.neg();
    return [x, tf.tensor1d([7, 8]), y, y];
  });
  const results = f(tf.tensor1d([1, 2])).map((t) => [...t.dataSync()]);
  assertEquals(results, [[1, 2], [7, 8], [-1, -2], [-1, -2]]);
});

tensorflowTest("compile() records gradients", () => {
  const loss = (x: tf.Tensor) => x.square().sum() as tf.Scalar;
  using f = compile((x: tf.Tensor) => tf.grad(loss)(x));
  assertEquals([...f(tf.tensor1d([1, -2])).dataSync()], [2, -4]);
});

tensorflowTest("a compiled function can be differentiated and called by another one", () => {
  using square = compile((x: tf.Tensor) => x.square());
  using outer = compile((x: tf.Tensor) => square(x).add(1));
  assertEquals([...tf.grad((x) => square(x).sum())(tf.tensor1d([3])).dataSync()], [6]);
  assertEquals([...outer(tf.tensor1d([3])).dataSync()], [10]);
});

tensorflowTest("compile() refuses random operations, seeded or not", () => {
  assertRefused((x) => x.add(tf.randomUniform([2, 3])), "tf.randomUniform", "pass them in");
  assertRefused((x) => x.add(tf.randomNormal([2, 3], 0, 1, "float32", 5)), "tf.randomNormal");
  assertRefused((x) => tf.dropout(x, 0.5), "inside compile()");
  assertRefused((x) => tf.multinomial(x, 2), "tf.multinomial");
});

tensorflowTest("compile() refuses to read a traced value", () => {
  assertRefused((x) => tf.scalar(x.dataSync()[0]!), "Cannot read a value inside compile()");
  assertRefused((x) => tf.scalar(x.sum().arraySync() as number), "Cannot read a value");
});

tensorflowTest("compile() refuses shapes that depend on values", () => {
  assertRefused((x) => tf.unique(x.flatten()).values, "tf.unique", "static shapes");
});

tensorflowTest("an error inside a trace names the tfjs operation, its shapes and types", () => {
  assertRefused((x) => tf.matMul(x.as2D(3, 2), tf.ones([5, 4])), "matMul");
  assertRefused((x) => tf.gather(x, tf.tensor1d([0, 1], "int32"), 3), "gather");
});

tensorflowTest("compile() refuses an argument that is a function", () => {
  using f = compile((x: tf.Tensor, g: unknown) => g ? x : x.neg());
  assertThrows(() => f(tf.scalar(1), () => 1), TypeError, "Cannot pass a function");
});

tensorflowTest("a tensor that escapes from a trace without being returned cannot be used", () => {
  let leaked: tf.Tensor;
  using f = compile((x: tf.Tensor) => leaked = tf.keep(x.neg()));
  f(tf.scalar(1)).dispose();
  assertThrows(() => leaked.add(1), ReferenceError, "return it from the compiled function");
});

tensorflowTest("a disposed compiled function cannot be called, and frees what it captured", () => {
  const before = handles();
  const large = tf.range(0, 50);
  const f = compile((x: tf.Tensor) => x.add(large));
  const x = tf.ones([50]);
  f(x).dispose();
  f[Symbol.dispose]();
  f[Symbol.dispose]();
  assertThrows(() => f(x), ReferenceError, "it has been disposed");
  tf.dispose([large, x]);
  assertEquals(handles(), before);
});

tensorflowTest("a thousand calls leave no tensor and no handle behind", () => {
  using f = compile((x: tf.Tensor) => [x.add(1), x.mean()]);
  const x = tf.ones([10]);
  tf.dispose(f(x));
  const before = [handles(), tf.memory().numTensors];
  for (let i = 0; i < 1000; i++) tf.dispose(f(x));
  assertEquals([handles(), tf.memory().numTensors], before);
});

Deno.test("on another backend compile() runs the function as it is", async () => {
  await tf.setBackend("cpu");
  using f = compile((x: tf.Tensor) => tf.scalar(x.dataSync()[0]! + 1));
  assertEquals(f(tf.scalar(1)).dataSync()[0], 2);
  assertEquals(f.traces.length, 0);
});
