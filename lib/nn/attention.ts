import * as tf from "@tensorflow/tfjs";
import { customGradient } from "./custom_gradient.ts";
import { type Linear, linear } from "./linear.ts";

/**
 * Parameters of self-attention: `qkv` gives queries, keys and values in this order, each with its
 * heads in order.
 */
export type Attention = { qkv: Linear; proj: Linear };

/**
 * Multi-head self-attention over tokens `[batch, tokens, width]`.
 *
 * @throws {RangeError} If the width does not divide into the heads.
 */
export function attention(x: tf.Tensor3D, p: Attention, heads: number): tf.Tensor3D {
  const [batch, tokens, width] = x.shape;
  const [q, k, v] = split(linear(x, p.qkv), heads);
  const heard = attend(q, k, v); // [batch, heads, tokens, width / heads]
  return linear(heard.transpose([0, 2, 1, 3]).reshape([batch, tokens, width]), p.proj);
}

/**
 * What the first token hears, `[batch, 1, width]`: the first row of {@linkcode attention} at a
 * fraction of its cost, since only one query is asked.
 */
export function attentionOfFirst(x: tf.Tensor3D, p: Attention, heads: number): tf.Tensor3D {
  const [batch, , width] = x.shape;
  const part = (from: number, size: number): Linear => ({
    weight: p.qkv.weight.slice([from, 0], [size, -1]),
    bias: p.qkv.bias?.slice(from, size),
  });
  const keysAndValues = linear(x, part(width, 2 * width));
  const [k, v] = splitHeads(keysAndValues, 2, heads) as [tf.Tensor4D, tf.Tensor4D];
  const first = x.slice([0, 0, 0], [-1, 1, -1]).reshape([batch, width]);
  const q = linear(first, part(0, width)).reshape<tf.Tensor4D>([batch, heads, 1, width / heads]);
  const heard = attend(scale(q), k, v); // [batch, heads, 1, width / heads]
  return linear(heard.reshape([batch, 1, width]), p.proj);
}

/**
 * How much each token listens to each other one: softmax weights `[batch, heads, tokens, tokens]`.
 */
export function attentionWeights(x: tf.Tensor3D, p: Attention, heads: number): tf.Tensor4D {
  const [q, k] = split(linear(x, p.qkv), heads);
  return weights(q, k);
}

type Parts = [q: tf.Tensor4D, k: tf.Tensor4D, v: tf.Tensor4D];

/** Queries, keys and values, each `[batch, heads, tokens, width / heads]`; the queries scaled. */
function split(qkv: tf.Tensor3D, heads: number): Parts {
  const [q, k, v] = splitHeads(qkv, 3, heads) as Parts;
  return [scale(q), k, v];
}

/** `[batch, tokens, parts * width]` to `parts` tensors `[batch, heads, tokens, width / heads]`. */
function splitHeads(x: tf.Tensor3D, parts: number, heads: number): tf.Tensor4D[] {
  const [batch, tokens, all] = x.shape;
  const width = all / parts;
  if (width % heads) {
    throw new RangeError(
      `Cannot split width ${width} into ${heads} heads: the remainder is ${width % heads}`,
    );
  }
  const split = x.reshape([batch, tokens, parts, heads, width / heads]).transpose([2, 0, 3, 1, 4]);
  return tf.unstack(split) as tf.Tensor4D[];
}

/** Queries are scaled before the product with the keys, where they are fewer numbers. */
function scale(q: tf.Tensor4D): tf.Tensor4D {
  return q.mul(q.shape[3] ** -0.5);
}

function weights(q: tf.Tensor4D, k: tf.Tensor4D): tf.Tensor4D {
  return tf.softmax(tf.matMul(q, k, false, true));
}

/**
 * softmax(q kᵀ) v with its gradient written out. The row sums that the gradient of a softmax needs
 * are taken from the result, which is narrower than the weights (as FlashAttention does, section
 * 3.1, its appendix B.2).
 */
const attend = customGradient(
  (q: tf.Tensor4D, k: tf.Tensor4D, v: tf.Tensor4D) => {
    const heard = weights(q, k);
    const value = tf.matMul(heard, v);
    return { value, saved: { q, k, v, heard, value } };
  },
  (dy, { q, k, v, heard, value }) => {
    const rows = dy.mul(value).sum(-1, true);
    const scores = tf.matMul(dy, v, false, true).sub(rows).mul(heard);
    return [
      tf.matMul(scores, k),
      tf.matMul(scores, q, true, false),
      tf.matMul(heard, dy, true, false),
    ];
  },
);
