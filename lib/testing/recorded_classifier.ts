import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { type ClassifierConfig, configureClassifier } from "../configs/mod.ts";
import {
  type ClassifierNetwork,
  type ClassifierSetup,
  classifierSetup,
  mixImages,
} from "../protocols/mod.ts";
import { type Mix, mixedTargets } from "../transforms/mod.ts";
import { unflatten } from "../tree/mod.ts";
import type { Golden } from "./goldens.ts";

/** The recipe of a recorded run: that of its protocol with the numbers of its file. */
function configOf({ set, json: { config: c } }: Golden): Readonly<ClassifierConfig> {
  const shared: Partial<ClassifierConfig> = {
    batchSize: c.batch,
    epochs: c.epochs,
    imageSize: c.size,
    dropPath: c.drop_path,
    weightDecay: c.wd,
    weightDecayEnd: c.wd_end ?? c.wd,
    learningRate: c.lr,
    minLearningRate: c.min_lr,
    smoothing: c.smoothing,
  };
  if (set.startsWith("fine_tune")) {
    return configureClassifier("fine-tune", {
      preset: "vit_small_800ep",
      overrides: {
        ...shared,
        warmup: c.warmup,
        layerDecay: c.layer_decay,
        headScale: c.init_scale,
        clipGradient: c.clip ?? 0,
      },
    });
  }
  const overrides = {
    ...shared,
    warmup: c.warmup_epochs,
    warmupRate: c.warmup_lr,
    average: c.ema,
    erasing: c.reprob,
  };
  if (set.startsWith("transfer")) {
    return configureClassifier("transfer", { preset: "vit_small_flowers", overrides });
  }
  return configureClassifier("semi-supervised", {
    preset: "vit_small_1percent",
    overrides: { ...overrides, headHidden: c.head_hidden },
  });
}

/** The setup of a recorded run. */
export function setupOf(g: Golden): ClassifierSetup {
  const { ckpt_size, size, patch, embed, depth, heads, classes } = g.json.config;
  const [hidden] = g.shape("init.blocks.0.mlp.fc1.weight") as [number];
  const sizes = {
    imageSize: ckpt_size ?? size,
    ...{
      patchSize: patch,
      width: embed,
      depth,
      heads,
      mlpRatio: hidden / embed,
      relationBlocks: 0,
    },
  };
  return classifierSetup(configOf(g), sizes, classes);
}

/** A path of ours from the name of a recorded tensor. */
export function pathOf(name: string): string {
  return name.startsWith("head.") ? name : `backbone.${name}`;
}

/** The network whose tensors lie below a prefix of the file. */
export function networkBelow(g: Golden, prefix: string): ClassifierNetwork {
  const entries = Object.entries(g.below(prefix)).map(([name, x]) => [pathOf(name), x]);
  return unflatten<ClassifierNetwork>(Object.fromEntries(entries));
}

/** Images of a part, normalized, `[images, side, side, 3]`. */
export function imagesOf(g: Golden, part: "train" | "val"): tf.Tensor4D {
  const mean = tf.tensor([0.485, 0.456, 0.406]), deviation = tf.tensor([0.229, 0.224, 0.225]);
  const bytes = g.tensor(`${part}.images_u8`).toFloat().transpose<tf.Tensor4D>([0, 2, 3, 1]);
  return bytes.div(255).sub(mean).div(deviation);
}

/** How the batch of an iteration was mixed. */
function mixOf(g: Golden, t: number): Mix {
  const { lam: share, box_yl_yh_xl_xh: box } = g.json.iterations[t].mix;
  if (!box) return { share };
  const [top, bottom, left, right] = box;
  return { share, region: { top, left, height: bottom - top, width: right - left } };
}

/** The batch of an iteration, made of the images of its indices. */
export function batchOf(g: Golden, train: tf.Tensor4D, t: number) {
  const { classes, smoothing } = g.json.config;
  const index = Array.from(g.values(`it${t}.index`));
  const all = g.values("train.labels"), mix = mixOf(g, t);
  const labels = index.map((i) => all[i]!);
  return {
    images: mixImages(tf.gather(train, tf.tensor1d(index, "int32")), mix),
    targets: tf.tensor2d(mixedTargets(labels, mix.share, { classes, smoothing }), [
      labels.length,
      classes,
    ]),
  };
}

/** The mask of stochastic depth, `[depth, 2, batch]`, of the recorded draws. */
export function maskOf(g: Golden, t: number): tf.Tensor3D | undefined {
  const { depth, batch, drop_path_calls: calls } = g.json.config;
  if (calls.length === 0) return undefined;
  const values = new Float32Array(depth * 2 * batch).fill(1);
  const kept = g.values(`it${t}.drop_path_mask`), drawn = g.values(`it${t}.drop_path_uniform`);
  for (const [row, { block, branch, rate }] of calls.entries()) {
    for (let i = 0; i < batch; i++) {
      const u = drawn[row * batch + i]!;
      assertEquals(kept[row * batch + i], Math.floor(1 - rate + u));
      values[(2 * block + (branch === "mlp" ? 1 : 0)) * batch + i] = kept[row * batch + i]! /
        (1 - rate);
    }
  }
  return tf.tensor3d(values, [depth, 2, batch]);
}
