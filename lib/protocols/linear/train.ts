import * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/mod.ts";
import type { LinearConfig } from "../../configs/mod.ts";
import { batches, type Dataset, stepsPerEpoch } from "../../datasets/mod.ts";
import type { Encoder } from "../../models/mod.ts";
import { Random } from "../../random/mod.ts";
import type { ViewPlan } from "../../transforms/mod.ts";
import { accuracy } from "../accuracy.ts";
import { evalSide, type EvalView } from "../eval_view.ts";
import { features } from "../features.ts";
import { atLevel, type LabeledFeatures, type Score } from "../score.ts";
import { initLinear, type LinearColumns, linearGrid } from "./classifiers.ts";
import { linearEmbedding } from "./linear_features.ts";
import { linearRates } from "./rates.ts";
import { type LinearInput, stepLinear } from "./step.ts";

/** How far linear classifiers have come: what they continue from. */
export type LinearProgress = {
  /** Epochs done. */
  epoch: number;
  columns: LinearColumns;
  /** The scores of every classifier on the test part, after each epoch. */
  scores: Score[][];
};

/** What linear classifiers are trained on. */
export type LinearOptions = EvalView & {
  config: LinearConfig;
  /** The level of the labels that are learned. */
  level: string;
  seed?: number;
  /** Whether scores have the mean over the classes, too. */
  perClass?: boolean;
  /** What an earlier run came to; it becomes this one's. */
  from?: LinearProgress | null;
  /** Takes how many images of how many are done, after every batch. */
  onProgress?: (done: number, total: number) => void;
};

/**
 * Linear probing as the original does it: in every epoch the frozen network sees the images anew,
 * augmented as for pre-training, and all classifiers learn at once; after each they are scored.
 *
 * The state of an epoch lives until the next one is requested; the last one is the caller's.
 *
 * Source: Mugs' `eval_linear.py` and `eval_linear_multi_classifier.py`.
 *
 * @throws {RangeError} If the encoder has fewer blocks than are to be seen.
 * @throws {Error} If an image cannot be read.
 */
export async function* trainLinear(
  data: Dataset,
  encoder: Encoder,
  { config, level, seed = 0, perClass, from = null, onProgress, ...view }: LinearOptions,
): AsyncGenerator<LinearProgress, void, void> {
  const { batchSize, epochs } = config;
  const recipes = linearGrid(config);
  const embed = linearEmbedding(encoder, config);
  const size = evalSide(view);
  const test = await features(embed, data.test, { ...view, size, classes: data.classes });
  const labeled = atLevel(test, level);
  const [, width] = test.x.shape;
  const steps = stepsPerEpoch(data.train.length, batchSize, { partial: true });
  const random = new Random(`linear/${seed}`);
  const { length: count } = recipes;
  const sizes = { width, classes: labeled.classes, classifiers: count };
  let progress = from ?? { epoch: 0, columns: initLinear(sizes, random), scores: [] };
  using step = compile(
    (p: LinearColumns, input: LinearInput) => stepLinear(p, input, recipes)[0],
    { name: "linear" },
  );
  const order = { batchSize, seed: `linear/${seed}`, plan: viewPlan(config, size), partial: true };
  const span = { from: progress.epoch * steps, to: epochs * steps, maxBad: 0 };
  let done = progress.epoch * data.train.length;
  let { columns } = progress;
  using _ = { [Symbol.dispose]: () => tf.dispose([test.x, Object.values(test.labels)]) };
  for await (using loaded of batches(data.train, order, span)) {
    const truth = Array.from(loaded.rows, (row) => data.train[row]!.labels[level]!);
    const rates = linearRates(recipes, loaded.epoch, {
      epochs,
      batchSize,
      minimum: config.minLearningRate,
    });
    const next = tf.tidy(() =>
      step(columns, {
        x: embed(loaded.batch.images!.images),
        labels: tf.tensor1d(truth, "int32"),
        rates: tf.tensor1d(rates),
      })
    );
    tf.dispose(columns);
    columns = next;
    onProgress?.(done += truth.length, epochs * data.train.length);
    if (loaded.index + 1 < steps) continue;
    const scores = [...progress.scores, scoreAllClassifiers(columns, labeled, { count, perClass })];
    progress = { epoch: loaded.epoch + 1, columns, scores };
    yield progress;
  }
}

/** One view of each image: that of pre-training, strongly augmented. */
function viewPlan({ cropScale, flip, randAugment, erasing }: LinearConfig, size: number): ViewPlan {
  const [magnitude, deviation] = randAugment;
  const [least, greatest] = cropScale;
  const still = { jitter: 0, jitterStrength: [0, 0, 0, 0] as [number, number, number, number] };
  return [{
    name: "images",
    size,
    views: [{
      ...{ ...still, grayscale: 0, blur: 0, solarize: 0, flip },
      scale: [least, greatest],
    }],
    strong: { share: 1, magnitude, deviation, erasing },
  }];
}

/** The score of every classifier. */
function scoreAllClassifiers(
  { weight, bias }: LinearColumns,
  { x, labels, classes }: LabeledFeatures,
  { count, perClass }: { count: number; perClass?: boolean },
): Score[] {
  const [width] = weight.shape;
  return Array.from({ length: count }, (_, i) =>
    tf.tidy(() => {
      const columns = weight.slice([0, i * classes], [width, classes]);
      const logits = tf.matMul(x, columns).add<tf.Tensor2D>(bias.slice([i * classes], [classes]));
      return accuracy(logits, labels, { perClass });
    }));
}
