import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "../random/mod.ts";
import { type Attention, attention, attentionWeights } from "./attention.ts";
import { gelu } from "./gelu.ts";
import { layerNorm } from "./layer_norm.ts";
import { linear } from "./linear.ts";
import { type Mlp, mlp } from "./mlp.ts";
import { normalize } from "./normalize.ts";
import { weightNorm, weightNormLinear } from "./weight_norm.ts";

const random = new Random("gradients");

function noise<R extends tf.Rank>(...shape: number[]): tf.Tensor<R> {
  const size = shape.reduce((product, n) => product * n, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => random.normal()),
    shape as tf.ShapeMap[R],
  );
}

/** Values and gradients of a written-out function are those of its plain composition. */
function agree(f: (...xs: tf.Tensor[]) => tf.Tensor, plain: typeof f, ...inputs: tf.Tensor[]) {
  const coefficients = noise(...f(...inputs).shape);
  const differentiate = (f: typeof plain) =>
    tf.valueAndGrads((...xs) => f(...xs).mul(coefficients).sum<tf.Scalar>())(inputs);
  const [a, b] = [differentiate(f), differentiate(plain)];
  near(f(...inputs), plain(...inputs));
  near(a.value, b.value, 1e-4);
  a.grads.forEach((grad, i) => near(grad, b.grads[i]!));
}

function near(a: tf.Tensor, b: tf.Tensor, tolerance = 2e-5) {
  assertEquals(a.shape, b.shape);
  const expected = b.dataSync();
  a.dataSync().forEach((value, i) => assertAlmostEquals(value, expected[i]!, tolerance));
}

Deno.test("layerNorm() has the values and gradients of its plain composition", () => {
  const plain = (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) => {
    const { mean, variance } = tf.moments(x, -1, true);
    return x.sub(mean).div(variance.add(1e-6).sqrt()).mul(weight).add(bias);
  };
  const f = (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) =>
    layerNorm(x, { weight: weight as tf.Tensor1D, bias: bias as tf.Tensor1D });
  agree(f, plain, noise(2, 3, 5), noise(5), noise(5));
  agree(f, plain, noise(4, 6), noise(6), noise(6));
});

Deno.test("gelu() has the values and gradients of x Φ(x)", () => {
  agree(gelu, (x) => x.mul(x.div(Math.SQRT2).erf().add(1).div(2)), noise(7, 3));
});

Deno.test("gelu() is exact, not the tanh approximation", () => {
  const values = gelu(tf.tensor1d([-3, -1, 0, 1, 3])).dataSync();
  const expected = [-0.00404951, -0.15865525, 0, 0.84134475, 2.99595031]; // torch.nn.GELU()
  values.forEach((value, i) => assertAlmostEquals(value, expected[i]!, 1e-6));
});

Deno.test("attention() has the values and gradients of softmax(q kᵀ / √d) v", () => {
  const [batch, tokens, width, heads] = [2, 5, 6, 3] as const;
  const plain = (x: tf.Tensor, qkv: tf.Tensor, bias: tf.Tensor, proj: tf.Tensor) => {
    const all = tf.matMul(x.reshape([-1, width]), qkv as tf.Tensor2D, false, true).add(bias);
    const parts = tf.split(all.reshape([batch, tokens, 3 * width]), 3, 2).map((part) =>
      part.reshape([batch, tokens, heads, width / heads]).transpose([0, 2, 1, 3])
    );
    const [q, k, v] = parts as [tf.Tensor, tf.Tensor, tf.Tensor];
    const scores = tf.matMul(q, k, false, true).div(Math.sqrt(width / heads));
    const heard = tf.matMul(tf.softmax(scores), v).transpose([0, 2, 1, 3]).reshape([-1, width]);
    return tf.matMul(heard, proj, false, true).reshape([batch, tokens, width]);
  };
  const f = (x: tf.Tensor, qkv: tf.Tensor, bias: tf.Tensor, proj: tf.Tensor) => {
    const p = { qkv: { weight: qkv, bias }, proj: { weight: proj } } as Attention;
    return attention(x as tf.Tensor3D, p, { heads });
  };
  agree(
    f,
    plain,
    noise(batch, tokens, width),
    noise(3 * width, width),
    noise(3 * width),
    noise(width, width),
  );
});

/** Tokens fewer and more than are worked on at once, not a multiple of them. */
for (const tokens of [5, 300]) {
  Deno.test(`lean attention over ${tokens} tokens equals attention, gradients included`, () => {
    const [width, heads] = [4, 2];
    const of = (lean: boolean) => (x: tf.Tensor, qkv: tf.Tensor, proj: tf.Tensor) => {
      const p = { qkv: { weight: qkv }, proj: { weight: proj } } as Attention;
      return attention(x as tf.Tensor3D, p, { heads, lean });
    };
    const [qkv, proj] = [noise(3 * width, width).div(4), noise(width, width).div(4)];
    agree(of(true), of(false), noise(2, tokens, width), qkv, proj);
  });
}

Deno.test("a lean perceptron equals another one, gradients included", () => {
  const of = (lean: boolean) => (x: tf.Tensor, ...[a, b, c, d]: tf.Tensor[]) => {
    const p = { fc1: { weight: a, bias: b }, fc2: { weight: c, bias: d } } as Mlp;
    return mlp(x as tf.Tensor3D, p, { lean });
  };
  agree(of(true), of(false), noise(2, 3, 4), noise(8, 4), noise(8), noise(4, 8), noise(4));
});

Deno.test("attentionWeights() of a token sum to 1", () => {
  const p = { qkv: { weight: noise(12, 4) }, proj: { weight: noise(4, 4) } } as Attention;
  const sums = attentionWeights(noise(2, 3, 4) as tf.Tensor3D, p, 2).sum(-1);
  assertEquals(sums.shape, [2, 2, 3]);
  near(sums, tf.ones([2, 2, 3]));
});

Deno.test("normalize() has the values and gradients of x / ‖x‖", () => {
  agree((x) => normalize(x), (x) => x.div(x.norm(2, -1, true)), noise(3, 4));
});

Deno.test("normalize() leaves a zero row zero, with a finite gradient", () => {
  const { value, grad } = tf.valueAndGrad((x) => normalize(x).sum())(tf.zeros([1, 3]));
  assertEquals(value.dataSync()[0], 0);
  assertEquals(grad.isFinite().all().dataSync()[0], 1);
});

Deno.test("weightNorm() has the values and gradients of g v / ‖v‖", () => {
  agree(
    (g, v) => weightNorm({ weight_g: g as tf.Tensor2D, weight_v: v as tf.Tensor2D }),
    (g, v) => v.div(v.norm(2, -1, true)).mul(g),
    noise(4, 1),
    noise(4, 3),
  );
});

const products = (linear: typeof weightNormLinear) => (x: tf.Tensor, g: tf.Tensor, v: tf.Tensor) =>
  linear(x as tf.Tensor2D, { weight_g: g as tf.Tensor2D, weight_v: v as tf.Tensor2D });
const plainProducts = products((x, p) => tf.matMul(x, weightNorm(p), false, true));

Deno.test("weightNormLinear() has the values and gradients of products with weightNorm()", () => {
  agree(products(weightNormLinear), plainProducts, noise(2, 3), noise(4, 1), noise(4, 3));
});

Deno.test("linear() treats the rows of every rank alike", () => {
  const p = { weight: noise<tf.Rank.R2>(4, 3), bias: noise<tf.Rank.R1>(4) };
  const x = noise(2, 5, 3);
  near(linear(x, p).reshape([10, 4]), linear(x.reshape([10, 3]), p));
});
