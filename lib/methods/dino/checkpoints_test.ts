import type * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertGreater } from "@std/assert";
import { openTensors, readTensors, toTensors } from "../../checkpoint/mod.ts";
import {
  intermediateLayers,
  lastAttention,
  loadEncoder,
  type Resnet,
  resnetStages,
  type Vit,
} from "../../models/mod.ts";
import { maxPool } from "../../nn/mod.ts";
import { type Golden, golden } from "../../testing/goldens.ts";
import { look } from "../../testing/golden_files.ts";
import { unflatten } from "../../tree/mod.ts";
import { type DinoHead, dinoHead } from "./head.ts";

const place = look("methods/dino/checkpoints");

/** The official files whose names begin so, the whole training states last. */
async function pathsOf(start: string): Promise<{ paths: string[]; config: Configs }> {
  assert("paths" in place);
  const [folder] = place.paths;
  const { files, config } = JSON.parse(await Deno.readTextFile(`${folder}/expected.json`));
  const paths = Object.keys(files).filter((name) => name.startsWith(start)).sort()
    .map((name) => `${folder}/${name}`);
  assertGreater(paths.length, 1);
  return { paths: paths.toSorted((a, b) => Number(isWhole(a)) - Number(isWhole(b))), config };
}

type Configs = { vit: { num_heads: number }; resnet: { planes: number[]; layers: number[] } };

function isWhole(path: string): boolean {
  return path.includes("full");
}

/** The teacher's head of a whole training state. */
function headOf(path: string): DinoHead {
  using file = openTensors(path);
  const entries = Object.entries(file.tensors).flatMap(([name, tensor]) => {
    const [, rest] = /^teacher\.(?:module\.)?head\.(.*)$/.exec(name) ?? [];
    return rest ? [[rest, tensor] as const] : [];
  });
  return unflatten<DinoHead>(toTensors(readTensors(Object.fromEntries(entries))));
}

/** The pictures of the file under a tag, and the names of what was made of them. */
function recorded(g: Golden, tag: string): { images: tf.Tensor4D; names: string[] } {
  const names = g.names.filter((name) => name.startsWith(`${tag}.`) && !name.endsWith("_u8"));
  return { images: g.picture(`${tag}.base_u8`), names };
}

golden(
  "methods/dino/checkpoints_forward",
  "a ViT of every layout is the official one",
  async (g) => {
    const { paths, config } = await pathsOf("dino_vit");
    const heads = config.vit.num_heads;
    for (const path of paths) {
      using encoder = loadEncoder(path, { heads });
      const p = encoder.params as Vit;
      const tags = new Set(
        g.names.filter((name) => name.startsWith("vit."))
          .map((name) => name.split(".").slice(0, 2).join(".")),
      );
      for (const tag of tags) {
        const { images, names } = recorded(g, tag);
        const features = encoder.embed(images);
        g.near(features, `${tag}.cls`);
        g.near(lastAttention(images, p, { heads }), `${tag}.last_selfattention`);
        const count = names.filter((name) => name.includes(".intermediate.")).length;
        for (const [i, tokens] of intermediateLayers(images, p, { heads, count }).entries()) {
          g.near(tokens, `${tag}.intermediate.${i}`);
        }
        if (isWhole(path)) g.near(dinoHead(features, headOf(path)), `${tag}.head`);
      }
    }
  },
);

golden("methods/dino/checkpoints_forward", "so is a residual network", async (g) => {
  const { paths, config } = await pathsOf("dino_resnet");
  for (const path of paths) {
    using encoder = loadEncoder(path);
    assert("layers" in encoder.sizes);
    const { layers, planes } = encoder.sizes;
    assertEquals<unknown>({ layers, planes }, config.resnet);
    const { images, names } = recorded(g, "resnet");
    const maps = resnetStages(images, encoder.params as Resnet);
    for (const name of names.filter((name) => name.includes("layer"))) {
      g.near(maps[Number(name.at(-1))]!.transpose([0, 3, 1, 2]), name);
    }
    // The official stem is recorded before its pooling.
    const stem = g.tensor("resnet.stem").transpose([0, 2, 3, 1]) as tf.Tensor4D;
    const pooled = maxPool(stem, { size: 3, stride: 2, padding: 1 });
    assert(pooled.sub(maps[0]!).abs().max().dataSync()[0]! < 3e-5);
    const features = encoder.embed(images);
    g.near(features, "resnet.features");
    if (isWhole(path)) g.near(dinoHead(features, headOf(path)), "resnet.head");
  }
});
