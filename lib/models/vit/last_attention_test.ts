import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "../../random/mod.ts";
import { classAttention } from "./last_attention.ts";
import { initVit } from "./init.ts";
import { layers } from "./vit.ts";

const config = {
  imageSize: 8,
  patchSize: 4,
  width: 6,
  depth: 2,
  heads: 3,
  mlpRatio: 2,
  dropPath: 0,
  relationBlocks: 1,
};
const { heads, width } = config;

/** Weights that are far from 0, so that attention is far from even. */
function model() {
  const vit = initVit(config, new Random(3));
  const { attn } = vit.blocks[1];
  return {
    ...vit,
    blocks: [vit.blocks[0], { ...vit.blocks[1], attn: { ...attn, qkv: loud(attn.qkv) } }],
  };
}

function loud<T extends { weight: tf.Tensor2D }>(layer: T): T {
  return { ...layer, weight: layer.weight.mul(40) };
}

Deno.test("classAttention() is the softmax of query times keys, written out by hand", () => {
  const vit = model();
  const random = new Random("images");
  const pixels = Float32Array.from({ length: 2 * 8 * 12 * 3 }, () => random.normal());
  const images = tf.tensor4d(pixels, [2, 8, 12, 3]); // 2 x 3 patches
  const found = classAttention(images, vit, { heads }).arraySync();
  const [before] = layers(images, vit, { heads });
  const tokens = before.arraySync();
  const { weight, bias } = vit.blocks[1].attn.qkv;
  const [w, b] = [weight.arraySync(), bias!.arraySync()];
  let spread = 0;
  tokens.forEach((rows, n) => {
    const projected = rows.map((row) => {
      const mean = row.reduce((sum, v) => sum + v, 0) / width;
      const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / width;
      const normal = row.map((v) => (v - mean) / Math.sqrt(variance + 1e-6)); // a new norm has weight 1, bias 0
      return w.map((column, i) => column.reduce((sum, v, j) => sum + v * normal[j], b[i]));
    });
    for (let head = 0; head < heads; head++) {
      const part = (row: number[], from: number) =>
        row.slice(from + head * width / heads, from + (head + 1) * width / heads);
      const query = part(projected[0], 0);
      const scores = projected.map((row) =>
        part(row, width).reduce((sum, k, i) => sum + k * query[i], 0) / Math.sqrt(width / heads)
      );
      const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
      const map = found[n][head];
      assertEquals([map.length, map[0].length], [2, 3]);
      map.flat().forEach((value, i) => {
        assertAlmostEquals(value, Math.exp(scores[i + 1]) / total, 1e-4);
      });
      spread = Math.max(spread, Math.max(...map.flat()) - Math.min(...map.flat()));
    }
  });
  assertEquals(spread > 0.1, true);
});
