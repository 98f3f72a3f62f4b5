import * as tf from "@tensorflow/tfjs";
import { use } from "../compile/mod.ts";
import { configureClassifier } from "../configs/mod.ts";
import { execution } from "../pretraining/mod.ts";
import {
  type ClassifierBatch,
  classifierNow,
  classifierSetup,
  compileClassifierStep,
  initClassifier,
  mixImages,
} from "../protocols/mod.ts";
import { Random } from "../random/mod.ts";
import { numberOf, replace } from "../training/mod.ts";
import { drawMix, mixedTargets } from "../transforms/mod.ts";
import { dispose } from "../tree/mod.ts";
import { measuredPresets, type Prepared, type Setting } from "./task.ts";

/** Classes of the head: those of ImageNet-1K. */
const classes = 1000;

/**
 * Fine-tuning steps with layer decay on images that lie in memory, which each step mixes by mixup
 * or cutmix.
 */
export async function fineTuneWork(
  { preset, batchSize, precision, threads: processors }: Setting,
): Promise<Prepared> {
  const sizes = measuredPresets[preset];
  const { runtime, step: { chains, recompute } } = execution(sizes, processors);
  await use("tensorflow", { intraOpThreads: processors, interOpThreads: processors, ...runtime });
  const config = configureClassifier("fine-tune", {
    preset: "vit_small_800ep",
    overrides: { batchSize, imageSize: sizes.imageSize },
  });
  const setup = classifierSetup(config, sizes, classes);
  const step = compileClassifierStep(setup, { chains, recompute, precision });
  const side = sizes.imageSize;
  const images = tf.randomNormal<tf.Rank.R4>([batchSize, side, side, 3]);
  let state = initClassifier(setup);
  let at = 0;
  return {
    items: batchSize,
    once() {
      const batch = mixed(images, { ...config, seed: at });
      const now = classifierNow({ rate: 1e-4, weightDecay: config.weightDecay }, at++, setup);
      const [next, facts] = step(state, batch, now);
      numberOf(facts.losses.total); // waits for the step
      replace(state, next);
      dispose(facts, now, batch);
      state = next;
    },
  };
}

function mixed(
  images: tf.Tensor4D,
  { seed, smoothing, ...options }: ReturnType<typeof configureClassifier>,
): ClassifierBatch {
  const [count, height, width] = images.shape;
  const labels = Array.from({ length: count }, (_, i) => i % classes);
  const mix = drawMix({ width, height }, options, new Random(seed));
  return {
    images: tf.tidy(() => mixImages(images, mix)),
    targets: tf.tensor2d(mixedTargets(labels, mix.share, { classes, smoothing }), [count, classes]),
  };
}
