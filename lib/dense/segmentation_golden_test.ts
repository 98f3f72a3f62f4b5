import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { blockMaps, type Vit } from "../models/mod.ts";
import { type Golden, golden } from "../testing/goldens.ts";
import { type Named, unflatten } from "../tree/mod.ts";
import { collectingNorm, type Pyramid, pyramid, pyramidBlocks } from "./mod.ts";

const set = "dense/segmentation";
const files = "segmentation.safetensors";

const channelsLast = (x: tf.Tensor) => x.transpose<tf.Tensor4D>([0, 2, 3, 1]);
const channelsFirst = (x: tf.Tensor) => x.transpose<tf.Tensor4D>([0, 3, 1, 2]);

/** Parameters of the file, with the counters of batch normalizations, which it leaves out. */
function params(g: Golden, prefix: string): Named {
  const named = g.below(prefix);
  const counters = Object.keys(named).filter((name) => name.endsWith(".running_mean"))
    .map((name) => [name.replace("running_mean", "num_batches_tracked"), tf.scalar(0, "int32")]);
  return { ...named, ...Object.fromEntries(counters) };
}

golden(set, "features have the official four scales", (g, run) => {
  const { depth, heads } = g.json.config;
  const step = run((images: tf.Tensor4D, p: Vit & Pyramid) => {
    const maps = blockMaps(images, p, { heads, blocks: pyramidBlocks(depth) });
    const { norm, statistics } = collectingNorm();
    return { features: pyramid(maps, p, { norm }), statistics };
  });
  const backbone = unflatten<Vit & Pyramid>(params(g, "param.backbone."));
  const { features, statistics } = step(channelsLast(g.tensor("train.input")), backbone);
  assertEquals(features.length, 4);
  for (const [i, map] of features.entries()) g.near(channelsFirst(map), `train.feature.${i}`);
  for (const [path, { running_mean, running_var }] of Object.entries(statistics)) {
    g.near(running_mean, `after_forward.${path}.running_mean`);
    g.near(running_var, `after_forward.${path}.running_var`);
  }
}, { files, compiled: true });
