import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { compile, explain } from "../compile/mod.ts";
import type { TensorFlowBackend } from "../tensorflow/mod.ts";
import { tensorflowTest } from "../testing/permitted.ts";
import { flatten } from "../tree/mod.ts";
import {
  euclideanNorm,
  gelu,
  initBatchNorm,
  linear,
  linearGelu,
  relu,
  trainBatchNorm,
  type WeightNorm,
  weightNorm,
  weightNormLinear,
} from "./mod.ts";

function near(a: tf.Tensor, b: tf.Tensor) {
  assertEquals(a.shape, b.shape);
  const expected = b.dataSync();
  a.dataSync().forEach((value, i) => assertAlmostEquals(value, expected[i]!, 2e-5));
}

tensorflowTest("euclideanNorm() is the root of the sum of squares, as one operation", () => {
  const x = tf.randomNormal([3, 4]);
  for (const options of [{}, { axis: 0 }, { axis: -1, keepDims: true }]) {
    near(euclideanNorm(x, options), x.square().sum(options.axis, options.keepDims).sqrt());
  }
  using compiled = compile((x: tf.Tensor) => euclideanNorm(x));
  near(compiled(x), x.square().sum().sqrt());
  assertEquals(explain(compiled).operations.EuclideanNorm, 1);
});

tensorflowTest(
  "weightNormLinear() is the product with weightNorm(), compiled with gradients",
  () => {
    const x = tf.randomNormal<tf.Rank.R2>([2, 3]);
    const p: WeightNorm = { weight_g: tf.randomNormal([4, 1]), weight_v: tf.randomNormal([4, 3]) };
    const direction = tf.randomNormal([2, 4]);
    const gradients = (linear: typeof weightNormLinear) => {
      const f = (x: tf.Tensor2D, p: WeightNorm) =>
        tf.grads((x: tf.Tensor, weight_g: tf.Tensor, weight_v: tf.Tensor) =>
          linear(x as tf.Tensor2D, { weight_g, weight_v } as WeightNorm).mul(direction).sum()
        )([x, p.weight_g, p.weight_v]);
      using compiled = compile(f);
      return compiled(x, p);
    };
    const plain = gradients((x, p) => tf.matMul(x, weightNorm(p), false, true));
    gradients(weightNormLinear).forEach((gradient, i) => near(gradient, plain[i]!));
    near(weightNormLinear(x, p), tf.matMul(x, weightNorm(p), false, true));
  },
);

tensorflowTest(
  "linear() and linearGelu() are one operation, with the plain values and gradients",
  () => {
    const x = tf.randomNormal<tf.Rank.R3>([2, 5, 3]);
    const p = {
      weight: tf.randomNormal<tf.Rank.R2>([4, 3]),
      bias: tf.randomNormal<tf.Rank.R1>([4]),
    };
    const plain = tf.matMul(x.reshape<tf.Tensor2D>([10, 3]), p.weight, false, true).add(p.bias)
      .reshape([2, 5, 4]);
    using both = compile((x: tf.Tensor3D, p: { weight: tf.Tensor2D; bias: tf.Tensor1D }) => [
      linear(x, p),
      linearGelu(x, p),
    ]);
    for (const [product, activated] of [both(x, p), [linear(x, p), linearGelu(x, p)]]) {
      near(product!, plain);
      near(activated!, gelu(plain));
    }
    const { operations } = explain(both);
    assertEquals([operations._FusedMatMul, operations.MatMul], [2, undefined]);
    // GELU stands within the product where the device can do that, else behind it.
    const { abilities } = tf.backend() as TensorFlowBackend;
    assertEquals(operations.Erf, abilities.fusesGelu.float32 ? undefined : 1);

    const direction = tf.randomNormal([2, 5, 4]);
    using gradients = compile((x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) =>
      tf.grads((x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) =>
        linearGelu(x, { weight, bias } as typeof p).mul(direction).sum()
      )([x, weight, bias])
    );
    const expected = tf.grads((x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) => {
      const rows = tf.matMul(x.reshape<tf.Tensor2D>([10, 3]), weight as tf.Tensor2D, false, true);
      return gelu(rows.add(bias)).mul(direction.reshape([10, 4])).sum();
    })([x, p.weight, p.bias]);
    gradients(x, p.weight, p.bias).forEach((gradient, i) => near(gradient, expected[i]!));
  },
);

tensorflowTest("XLA, which has no such operations, composes them", () => {
  const x = tf.randomNormal<tf.Rank.R2>([5, 3]);
  const p = { weight: tf.randomNormal<tf.Rank.R2>([4, 3]), bias: tf.randomNormal<tf.Rank.R1>([4]) };
  const f = (x: tf.Tensor2D, p: { weight: tf.Tensor2D; bias: tf.Tensor1D }) => [
    linear(x, p),
    linearGelu(x, p),
    euclideanNorm(x, { axis: 0, keepDims: true }),
  ];
  using compiled = compile(f, { executor: "xla" });
  const expected = f(x, p);
  compiled(x, p).forEach((y, i) => near(y, expected[i]!));
});

tensorflowTest("trainBatchNorm() of images is one operation each way, and leaves nothing", () => {
  const x = tf.randomNormal<tf.Rank.R4>([2, 3, 4, 5]), direction = tf.randomNormal(x.shape);
  const [weight, bias] = [tf.randomNormal<tf.Rank.R1>([5]), tf.randomNormal<tf.Rank.R1>([5])];
  const p = { ...initBatchNorm(5), weight, bias };
  const f = (rank: 2 | 4) => (x: tf.Tensor, weight: tf.Tensor1D, bias: tf.Tensor1D) => {
    const rows = rank === 2 ? x.reshape([-1, 5]) : x;
    const [y, buffers] = trainBatchNorm(rows, { ...p, weight, bias });
    const loss = (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) =>
      trainBatchNorm(x, { ...p, weight, bias } as typeof p)[0].reshape([2, 3, 4, 5])
        .mul(direction).sum();
    return { y, buffers, gradients: tf.grads(loss)([rows, weight, bias]) };
  };
  const expected = flatten(f(2)(x, weight, bias));
  using compiled = compile(f(4));
  for (const run of [f(4), compiled]) {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      for (const [name, tensor] of Object.entries(flatten(run(x, weight, bias)))) {
        near(tensor.flatten(), expected[name]!.flatten());
      }
    });
    assertEquals(tf.memory().numTensors, before);
  }
  const { operations } = explain(compiled);
  assertEquals([operations.FusedBatchNormV2, operations.FusedBatchNormGradV2], [2, 1]);
});

tensorflowTest("relu() has the plain gradient, as one operation", () => {
  const x = tf.tensor1d([-1, 0, 2]);
  using gradient = compile((x: tf.Tensor) => tf.grad((x) => relu(x))(x, tf.tensor1d([3, 4, 5])));
  assertEquals(Array.from(gradient(x).dataSync()), [0, 0, 5]);
  assertEquals(explain(gradient).operations.ReluGrad, 1);
});
