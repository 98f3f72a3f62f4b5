import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { normalize, resizePositions } from "../../nn/mod.ts";
import { lookUp, type Memory } from "../../objectives/mod.ts";
import { type Golden, golden } from "../../testing/goldens.ts";
import { unflatten } from "../../tree/mod.ts";
import * as vit from "../mod.ts";

/** The official model's parameters, configuration and inputs by tag. */
function open(g: Golden) {
  const config = JSON.parse(g.metadata.config!);
  const params = unflatten<vit.Vit>(g.below("param."));
  const tags = g.names.filter((name) => name.endsWith(".input_base_u8"))
    .map((name) => name.slice(0, name.indexOf(".")));
  return { config, params, tags, heads: config.num_heads as number };
}

golden("vit_tokens", "positions are resized as by the official code", (g, run) => {
  const { config, params, tags } = open(g);
  const resize = run(resizePositions);
  for (const tag of tags) {
    const [, , height, width] = g.shape(`${tag}.input_base_u8`) as [number, number, number, number];
    const grid = [4 * height / config.patch_size, 4 * width / config.patch_size] as const;
    g.near(resize(params.pos_embed, grid), `${tag}.pos_embed_interp`);
  }
}, { compiled: true });

golden("vit_tokens", "patches, tokens and features are those of the official model", (g, run) => {
  const { params, tags, heads } = open(g);
  const forward = run((images: tf.Tensor4D, p: vit.Vit) => {
    const tokens_prenorm = vit.encodeTokens(images, p, { heads });
    const tokens_normed = vit.normTokens(tokens_prenorm, p);
    const cls = vit.classTokens(tokens_prenorm, p);
    return {
      patch_embed: vit.embedPatches(images, p.patch_embed.proj),
      prepare_tokens: vit.prepareTokens(images, p),
      tokens_prenorm,
      tokens_normed,
      cls,
      forward_knn: cls,
      mean_patch_tokens: vit.patchMean(tokens_normed),
      memory_query: vit.memoryQuery(tokens_prenorm),
      relation_out_no_memory: vit.relate(p, { query: tokens_prenorm, heads }),
    };
  });
  let compared = 0;
  for (const tag of tags) {
    const outputs = forward(g.picture(`${tag}.input_base_u8`), params);
    for (const [name, value] of Object.entries(outputs)) {
      if (!g.names.includes(`${tag}.${name}`)) continue;
      g.near(value, `${tag}.${name}`);
      compared++;
    }
  }
  assertEquals(compared >= tags.length * 8, true);
}, { compiled: true });

golden("vit_tokens", "the last attention and the last layers are the official ones", (g, run) => {
  const { config, params, tags, heads } = open(g);
  const attention = run((images: tf.Tensor4D, p: vit.Vit) =>
    vit.lastAttention(images, p, { heads })
  );
  const count = config.n_last_blocks as number;
  const last = run((images: tf.Tensor4D, p: vit.Vit) =>
    vit.intermediateLayers(images, p, { heads, count }).map((tokens) => ({
      cls: tokens.slice([0, 0, 0], [-1, 1, -1]).squeeze([1]),
      mean_patch: vit.patchMean(tokens),
    }))
  );
  for (const tag of tags) {
    const images = g.picture(`${tag}.input_base_u8`);
    const [stored] = g.shape(`${tag}.last_selfattention`);
    g.near(attention(images, params).slice(0, stored), `${tag}.last_selfattention`);
    last(images, params).forEach((layer, i) => {
      g.near(layer.cls, `${tag}.intermediate.${i}.cls`);
      g.near(layer.mean_patch, `${tag}.intermediate.${i}.mean_patch`);
    });
  }
}, { compiled: true });

golden("vit_tokens", "the relation block gives the official local-group token", (g, run) => {
  const { config, params, tags, heads } = open(g);
  const memory = unflatten<Memory>(g.below("mem.block."));
  const forward = run((images: tf.Tensor4D, p: vit.Vit, memory: Memory) => {
    const query = vit.memoryQuery(vit.encodeTokens(images, p, { heads }));
    const neighbors = lookUp(memory, query, config.memory_top_n);
    return {
      memory_cosine: tf.matMul(normalize(query), normalize(memory.queue_q), false, true),
      memory_index: neighbors.index,
      memory_neighbours_k: neighbors.rows,
      relation_out: vit.relate(p, { query, neighbors: neighbors.rows, heads }),
    };
  });
  for (const tag of tags) {
    const outputs = forward(g.picture(`${tag}.input_base_u8`), params, memory);
    for (const [name, value] of Object.entries(outputs)) g.near(value, `${tag}.${name}`);
    const values = tf.gather(memory.queue_v, outputs.memory_index.toInt());
    g.near(values, `${tag}.memory_neighbours_v`);
  }
}, { compiled: true });
