import * as tf from "@tensorflow/tfjs";
import { use } from "../compile/mod.ts";
import { imageFolder } from "../datasets/mod.ts";
import { initVit, vitEncoder } from "../models/mod.ts";
import { features } from "../protocols/mod.ts";
import { Random } from "../random/mod.ts";
import { measuredPresets, type Prepared, type Setting } from "./task.ts";

async function prepareEncoder({ preset, precision, device, threads }: Setting) {
  await use("tensorflow", { intraOpThreads: threads, interOpThreads: threads, device });
  const config = measuredPresets[preset];
  const encoder = vitEncoder(initVit(config, new Random("bench")), { ...config, precision });
  return { config, encoder };
}

/** Class tokens of images that lie in memory. */
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

/** Class tokens of JPEG files: read, decoded, resized, embedded. */
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
