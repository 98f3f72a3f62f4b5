import type * as tf from "@tensorflow/tfjs";
import { compile, type Compiled, type Precision, tidy } from "../../compile/mod.ts";
import { evalBatches, type Sample } from "../../datasets/mod.ts";
import {
  type BatchScore,
  type ClassifierScore,
  meanScore,
  scoreBatch,
} from "./classifier_score.ts";
import { type ClassifierNetwork, classifyImages } from "./network.ts";
import type { ClassifierSetup } from "./setup.ts";
import { classifierEvalView } from "./views.ts";

/** The logits of images, compiled. */
export type CompiledClassify = Compiled<[tf.Tensor4D, ClassifierNetwork], tf.Tensor2D>;

/** Compiles {@linkcode classifyImages} for a setup; dispose of it at the end. */
export function compileClassify(
  { backbone: { heads, resnet } }: Pick<ClassifierSetup, "backbone">,
  { precision }: { precision?: Precision } = {},
): CompiledClassify {
  return compile(
    (images: tf.Tensor4D, model: ClassifierNetwork) =>
      tidy(() => classifyImages(images, model, { heads, resnet })),
    { name: "classify", precision },
  );
}

/** Images of a batch in scoring at most: the original takes half as many again as in training. */
const LARGEST_BATCH = 128;

/** Options of {@linkcode evaluateClassifier}. */
export type EvaluateClassifierOptions = {
  setup: ClassifierSetup;
  /** The labels that were learned. */
  level: string;
  classified: CompiledClassify;
  /** Whether the mean of the classes' accuracies is given, too. */
  perClass?: boolean;
};

/**
 * Scores a model on labeled images, each shown once without augmentation.
 *
 * @throws {Error} If images cannot be read.
 */
export async function evaluateClassifier(
  samples: Sample[],
  model: ClassifierNetwork,
  { setup: { config }, level, classified, perClass }: EvaluateClassifierOptions,
): Promise<ClassifierScore> {
  const batchSize = Math.min(LARGEST_BATCH, Math.trunc(1.5 * config.batchSize));
  const view = { ...classifierEvalView(config), batchSize };
  const scores: BatchScore[] = [];
  for await (using batch of evalBatches(samples, view)) {
    const logits: tf.Tensor2D = classified(batch.images, model);
    scores.push(scoreBatch({ logits, labels: batch.labels[level]! }));
    logits.dispose();
  }
  return meanScore(scores, { perClass });
}
