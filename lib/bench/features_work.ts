import * as tf from "@tensorflow/tfjs";
import { use } from "../compile/mod.ts";
import { imageFolder } from "../datasets/mod.ts";
import { initVit } from "../models/mod.ts";
import { features, network } from "../protocols/mod.ts";
import { Random } from "../random/mod.ts";
import { type Prepared, recipes, type Setting } from "./task.ts";

async function embedder({ preset, precision, threads }: Setting) {
  await use("tensorflow", { intraOpThreads: threads, interOpThreads: threads });
  const config = recipes[preset];
  return { config, embed: network(initVit(config, new Random("bench")), { ...config, precision }) };
}

/** Class tokens of images that lie in memory. */
export async function extractWork(setting: Setting): Promise<Prepared> {
  const { config, embed } = await embedder(setting);
  const { batchSize } = setting;
  const images = tf.randomNormal<tf.Rank.R4>([batchSize, config.imageSize, config.imageSize, 3]);
  return {
    items: batchSize,
    once: () =>
      tf.tidy(() => {
        embed(images).dataSync();
      }),
  };
}

/** Class tokens of JPEG files: read, decoded, resized, embedded. */
export async function jpegWork(setting: Setting): Promise<Prepared> {
  const { config, embed } = await embedder(setting);
  const { train } = await imageFolder(setting.photos, { scored: false });
  return {
    items: train.length,
    async once() {
      const { x } = await features(embed, train, {
        size: config.imageSize,
        evalCrop: "center",
        batchSize: setting.batchSize,
        classes: {},
      });
      x.dispose();
    },
  };
}
