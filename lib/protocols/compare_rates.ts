import * as tf from "@tensorflow/tfjs";
import { agreement } from "../compile/mod.ts";
import type { Processes } from "../nn/mod.ts";
import { accuracy, type AccuracyOptions } from "./accuracy.ts";
import type { LabeledFeatures, Score } from "./score.ts";
import { gatherer } from "./shared_rows.ts";
import { type LinearClassifier, type ProbeOptions, trainProbes } from "./train_probes.ts";

/** How well a linear probe of a learning rate does on images that it has not learned, percent. */
export type RateScore = { learningRate: number; top1: number };

/**
 * The accuracy of a probe of each learning rate on a held-out part. Processes train as many probes
 * each, the last one more than once where they do not divide, and wait for each other after every
 * pass.
 *
 * @param parts `rest`: what the probes learn; `validation`: what is held out.
 */
export async function compareRates(
  { rest, validation }: { rest: LabeledFeatures; validation: LabeledFeatures },
  learningRates: readonly number[],
  { processes, onPass, ...options }: ProbeOptions & { processes: Processes | undefined },
): Promise<RateScore[]> {
  const { count, index } = processes ?? { count: 1, index: 0 };
  const share = Math.ceil(learningRates.length / count);
  const rates = Array.from(
    { length: share },
    (_, i) => learningRates[index * share + i] ?? learningRates.at(-1)!,
  );
  using group = processes ? agreement() : null;
  const probes = await trainProbes(rest, rates, {
    ...options,
    onPass(pass, passes) {
      group?.any(false);
      onPass?.(pass, passes);
    },
  });
  const [images] = validation.x.shape;
  // Whole numbers, which float32 holds exactly.
  const right = probes.map((probe) =>
    Math.round(scoreProbe(probe, validation).top1 * images / 100)
  );
  tf.dispose(probes);
  using gather = gatherer(processes);
  const all = tf.tidy(() => gather(tf.tensor2d(right, [share, 1]), share).dataSync());
  return learningRates.map((learningRate, i) => {
    return { learningRate, top1: 100 * all[i]! / images };
  });
}

/** A classifier's accuracy. */
export function scoreProbe(
  { weight, bias, mean, scale }: LinearClassifier,
  { x, labels }: LabeledFeatures,
  options: Pick<AccuracyOptions, "perClass"> = {},
): Score {
  return tf.tidy(() => {
    const logits = tf.matMul(x.sub(mean).mul(scale), weight).add(bias);
    return accuracy(logits as tf.Tensor2D, labels, options);
  });
}
