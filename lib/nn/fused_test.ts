import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { compile, explain } from "../compile/mod.ts";
import { tensorflowTest } from "../testing/permitted.ts";
import { euclideanNorm, type WeightNorm, weightNorm, weightNormLinear } from "./mod.ts";

function near(a: tf.Tensor, b: tf.Tensor) {
  assertEquals(a.shape, b.shape);
  const expected = b.dataSync();
  a.dataSync().forEach((value, i) => assertAlmostEquals(value, expected[i], 2e-5));
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
    gradients(weightNormLinear).forEach((gradient, i) => near(gradient, plain[i]));
    near(weightNormLinear(x, p), tf.matMul(x, weightNorm(p), false, true));
  },
);
