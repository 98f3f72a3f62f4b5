import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "../../random/mod.ts";
import type { Block } from "./block.ts";
import { initVit } from "./init.ts";
import { classAttention } from "./last_attention.ts";
import { layers } from "./vit.ts";

const sizes = {
  imageSize: 8,
  patchSize: 4,
  width: 6,
  depth: 2,
  heads: 3,
  mlpRatio: 2,
  relationBlocks: 1,
};
const { heads, width } = sizes;

/** A model whose last weights are far from 0, so that its attention is far from even. */
function model() {
  const vit = initVit(sizes, new Random(3));
  const [first, last] = vit.blocks as [Block, Block];
  const { weight, bias } = last.attn.qkv;
  const qkv = { weight: weight.mul<tf.Tensor2D>(40), bias };
  return { vit: { ...vit, blocks: [first, { ...last, attn: { ...last.attn, qkv } }] }, qkv };
}

/** Zero mean and unit variance: a new normalization has weight 1 and bias 0. */
function normal(row: number[]): number[] {
  const mean = row.reduce((sum, v) => sum + v, 0) / width;
  const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / width;
  return row.map((v) => (v - mean) / Math.sqrt(variance + 1e-6));
}

const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** One head's part of a row of queries, keys and values, from a column on. */
function part(row: number[], head: number, from: number): number[] {
  return row.slice(from + head * width / heads, from + (head + 1) * width / heads);
}

Deno.test("classAttention() is the softmax of query times keys, written out by hand", () => {
  const { vit, qkv } = model();
  const random = new Random("images");
  const pixels = Float32Array.from({ length: 2 * 8 * 12 * 3 }, () => random.normal());
  const images = tf.tensor4d(pixels, [2, 8, 12, 3]); // 2 x 3 patches
  const maps = classAttention(images, vit, { heads });
  assertEquals(maps.shape, [2, heads, 2, 3]);
  const attention = maps.arraySync();
  const [tokens] = layers(images, vit, { heads });
  const [weight, bias] = [qkv.weight.arraySync(), qkv.bias!.arraySync()];
  let spread = 0;
  for (const [n, rows] of tokens!.arraySync().entries()) {
    const projected = rows.map(normal)
      .map((row) => weight.map((column, i) => dot(column, row) + bias[i]!));
    for (let head = 0; head < heads; head++) {
      const query = part(projected[0]!, head, 0);
      const scores = projected.map((row) =>
        Math.exp(dot(part(row, head, width), query) / Math.sqrt(width / heads))
      );
      const total = scores.reduce((sum, score) => sum + score, 0);
      const map = attention[n]![head]!.flat();
      for (const [i, value] of map.entries()) {
        assertAlmostEquals(value, scores[i + 1]! / total, 1e-4);
      }
      spread = Math.max(spread, Math.max(...map) - Math.min(...map));
    }
  }
  assertEquals(spread > 0.1, true);
});
