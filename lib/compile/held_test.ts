import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertNotEquals } from "@std/assert";
import { Random } from "../random/mod.ts";
import { tensorflowTest } from "../testing/permitted.ts";
import { compile, explain } from "./mod.ts";

const random = new Random("held");
const noise = (...shape: number[]) =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal()),
    shape,
  );

type Layer = { first: tf.Tensor2D; second: tf.Tensor2D; scale: tf.Tensor1D };

/** Two products: of weights that are moved first, and of weights as they are. */
const layers = (x: tf.Tensor2D, { first, second, scale }: Layer) =>
  tf.matMul(tf.matMul(x, first.transpose()).mul(scale).relu(), second) as tf.Tensor2D;

const layer = () => ({ first: noise(16, 8), second: noise(16, 4), scale: noise(16) }) as Layer;

tensorflowTest("in bfloat16 weights that are held are rounded once, with the same results", () => {
  const x = noise(5, 8) as tf.Tensor2D, weights = layer();
  using plain = compile(layers, { precision: "bfloat16" });
  using holding = compile(layers, { precision: "bfloat16", held: [1] });
  assertEquals([...holding(x, weights).dataSync()], [...plain(x, weights).dataSync()]);
  assertEquals(explain(plain).operations.Cast! - explain(holding).operations.Cast!, 2);
});

tensorflowTest("other weights than those that were held are taken as they are", () => {
  const x = noise(5, 8) as tf.Tensor2D, weights = layer(), others = layer();
  using plain = compile(layers, { precision: "bfloat16" });
  using holding = compile(layers, { precision: "bfloat16", held: [1] });
  const results = [weights, others, weights].map((w) => [...holding(x, w).dataSync()]);
  assertEquals(results[1], [...plain(x, others).dataSync()]);
  assertEquals(results[2], results[0]);
  assertNotEquals(results[1], results[0]);
});

tensorflowTest("what is held is freed with the function, and in float32 there is nothing", () => {
  const x = noise(5, 8) as tf.Tensor2D, weights = layer();
  for (const [precision, count] of [["bfloat16", 2], ["float32", 0]] as const) {
    const before = tf.memory().numTensors;
    {
      using holding = compile(layers, { precision, held: [1] });
      tf.tidy(() => void [holding(x, weights), holding(x, weights)]);
      assertEquals(tf.memory().numTensors, before + count);
    }
    assertEquals(tf.memory().numTensors, before);
  }
});

tensorflowTest("XLA and profiles are given what is held, too", () => {
  const x = noise(5, 8) as tf.Tensor2D, weights = layer();
  using graph = compile(layers, { precision: "bfloat16", held: [1] });
  using xla = compile(layers, { precision: "bfloat16", held: [1], executor: "xla" });
  const difference = tf.tidy(() =>
    graph(x, weights).sub(xla(x, weights)).abs().max().dataSync()[0]!
  );
  assertEquals(difference < 0.05, true);
  assertEquals(graph.profile(x, weights).length > 0, true);
});
