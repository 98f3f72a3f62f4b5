import * as tf from "@tensorflow/tfjs";
import { use } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import { imageFolder } from "../datasets/mod.ts";
import { encoderOf, initBackbone } from "../models/mod.ts";
import { features } from "../protocols/mod.ts";
import { Random } from "../random/mod.ts";
import { measuredPresets, type Prepared, type Setting } from "./task.ts";

async function prepareEncoder({ preset, precision, device, threads }: Setting) {
  await use("tensorflow", { intraOpThreads: threads, interOpThreads: threads, device });
  const config: Config = measuredPresets[preset];
  const { heads, resnet } = config;
  const params = initBackbone(config, new Random("bench"));
  const encoder = encoderOf(params, { name: preset, heads, precision, resnet });
  return { config, encoder };
}

/** Features of images that lie in memory: class tokens, or means of the last map. */
export async function extractWork(setting: Setting): Promise<Prepared> {
  const { config, encoder } = await prepareEncoder(setting);
  const { batchSize } = setting;
  const images = tf.randomNormal<tf.Rank.R4>([batchSize, config.imageSize, config.imageSize, 3]);
  return {
    items: batchSize,
    once: () =>
      tf.tidy(() => {
        encoder.embed(images).dataSync();
      }),
  };
}

/** Features of JPEG files: read, decoded, resized, embedded. */
export async function jpegWork(setting: Setting): Promise<Prepared> {
  const { config, encoder } = await prepareEncoder(setting);
  const { train } = await imageFolder(setting.photos, { scored: false });
  return {
    items: train.length,
    async once() {
      const { x } = await features(encoder.embed, train, {
        size: config.imageSize,
        evalCrop: "center",
        batchSize: setting.batchSize,
        classes: {},
      });
      x.dispose();
    },
  };
}
