import * as tf from "@tensorflow/tfjs";
import { customGradient } from "./custom_gradient.ts";
import { late } from "./late.ts";
import { type Linear, linear } from "./linear.ts";
import type { Keeping } from "./mlp.ts";

/**
 * Parameters of self-attention: `qkv` gives queries, keys and values in this order, each with its
 * heads in order.
 */
export type Attention = { qkv: Linear; proj: Linear };

/** How attention is computed. */
export type AttentionOptions = Keeping & { heads: number };

/**
 * Multi-head self-attention over tokens `[batch, tokens, width]`. A lean one keeps no matrix
 * `[tokens, tokens]`, and never has more than {@linkcode queriesAtOnce} rows of it.
 *
 * @throws {RangeError} If the width does not divide into the heads.
 */
export function attention(
  x: tf.Tensor3D,
  p: Attention,
  { heads, lean = false }: AttentionOptions,
): tf.Tensor3D {
  const [batch, tokens, width] = x.shape;
  const [q, k, v] = split(linear(x, p.qkv), heads);
  const heard = (lean ? attendLean : attend)(q, k, v); // [batch, heads, tokens, width / heads]
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

/** How many queries a lean attention works on at a time. */
const queriesAtOnce = 256;

/**
 * As {@linkcode attend}, but some queries at a time, and the weights are not kept: the gradient
 * computes them anew (as FlashAttention does, section 3.1). Each block waits for the one before, so
 * that only one is in memory.
 */
const attendLean = customGradient(
  (q: tf.Tensor4D, k: tf.Tensor4D, v: tf.Tensor4D) => {
    const values: tf.Tensor4D[] = [];
    for (const block of blocks(q)) {
      const before = values.at(-1);
      values.push(tf.matMul(weights(before ? late(block, before) : block, k), v));
    }
    const value = concatRows(values);
    return { value, saved: { q, k, v, value } };
  },
  (dy, { q, k, v, value }) => {
    const rows = dy.mul(value).sum(-1, true) as tf.Tensor4D;
    const cut = [q, dy, rows].map(blocks) as [tf.Tensor4D[], tf.Tensor4D[], tf.Tensor4D[]];
    const keys = late(k, dy);
    let before: tf.Tensor = dy;
    const ofQueries: tf.Tensor4D[] = [], ofKeys: tf.Tensor[] = [], ofValues: tf.Tensor[] = [];
    for (const [i, block] of cut[0].entries()) {
      const [query, slope] = [late(block, before), cut[1][i]!];
      const heard = weights(query, keys);
      const scores = tf.matMul(slope, v, false, true).sub<tf.Tensor4D>(cut[2][i]!).mul(heard);
      ofQueries.push(tf.matMul(scores as tf.Tensor4D, k));
      ofKeys.push(tf.matMul(scores, query, true, false));
      ofValues.push(before = tf.matMul(heard, slope, true, false));
    }
    return [concatRows(ofQueries), sum(ofKeys), sum(ofValues)];
  },
);

/** Queries `[batch, heads, queries, ...]` in blocks. */
function blocks(x: tf.Tensor4D): tf.Tensor4D[] {
  const count = x.shape[2];
  if (count <= queriesAtOnce) return [x];
  const sizes = Array.from(
    { length: Math.ceil(count / queriesAtOnce) },
    (_, i) => Math.min(queriesAtOnce, count - i * queriesAtOnce),
  );
  return tf.split(x, sizes, 2);
}

function concatRows(parts: tf.Tensor4D[]): tf.Tensor4D {
  return parts.length > 1 ? tf.concat(parts, 2) : parts[0]!;
}

function sum(parts: tf.Tensor[]): tf.Tensor {
  return parts.length > 1 ? tf.addN(parts) : parts[0]!;
}
