import * as tf from "@tensorflow/tfjs";
import { tidy } from "../../compile/mod.ts";
import { batches, type BatchesOptions, type Sample } from "../../datasets/mod.ts";
import { Random } from "../../random/mod.ts";
import type { Loaded } from "../../training/mod.ts";
import { drawMix, mixedTargets } from "../../transforms/mod.ts";
import { dispose } from "../../tree/mod.ts";
import { mixImages } from "./mix_images.ts";
import { repeatOf } from "./length.ts";
import type { ClassifierSetup } from "./setup.ts";
import type { ClassifierBatch } from "./step.ts";
import { classifierViews, VIEWS } from "./views.ts";

/** Options of {@linkcode classifierBatches}. */
export type ClassifierBatchesOptions = BatchesOptions & {
  /** The labels that are learned. */
  level: string;
};

/**
 * Augmented and mixed batches with their targets, epoch after epoch. What is drawn depends on the
 * seed and the place of a batch alone.
 */
export async function* classifierBatches(
  samples: Sample[],
  { config, classes }: ClassifierSetup,
  { level, ...loading }: ClassifierBatchesOptions,
): AsyncGenerator<Loaded<ClassifierBatch>, void, void> {
  const { batchSize, seed, imageSize, smoothing } = config;
  const plan = classifierViews(config), repeat = repeatOf(config);
  for await (
    using loaded of batches(samples, { batchSize, seed, plan, repeat }, loading)
  ) {
    const { batch: views, rows, [Symbol.dispose]: _, ...facts } = loaded;
    const labels = Array.from(rows, (row) => samples[row]!.labels[level]!);
    const random = new Random(`${seed}/mix/${facts.epoch}/${facts.index}`);
    const mix = drawMix({ width: imageSize, height: imageSize }, config, random);
    const batch: ClassifierBatch = {
      images: tidy(() => mixImages(views[VIEWS]!.images, mix)),
      targets: tf.tensor2d(mixedTargets(labels, mix.share, { classes, smoothing }), [
        labels.length,
        classes,
      ]),
    };
    yield { ...facts, batch, [Symbol.dispose]: () => dispose(batch) };
  }
}
