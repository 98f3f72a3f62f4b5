/**
 * SimSiam: a network predicts its own embedding of the other view of an image; what is predicted
 * has no gradient, which alone keeps all embeddings from becoming one.
 *
 * Source: Chen and He 2021, "Exploring simple Siamese representation learning", and its official
 * code.
 *
 * @module
 */
import { recipes, type SimsiamConfig } from "../../configs/mod.ts";
import { type Length, optimSchedules } from "../../optim/mod.ts";
import type { Method, StepNumbers } from "../method.ts";
import { masks, studentViews, views } from "../two_large_views.ts";
import { init, learned, shapes, type SimsiamState } from "./network.ts";
import { learn } from "./passes.ts";

/** SimSiam as a method. All that it learns decays, normalizations and biases too. */
export const simsiam: Method<SimsiamConfig, SimsiamState> = {
  ...recipes.simsiam,
  views,
  studentViews,
  shapes,
  init,
  learned,
  groups: ({ constantPredictorRate }) => (name) => ({
    rate: 1,
    decays: true,
    constant: constantPredictorRate && name.startsWith("predictor."),
  }),
  schedules,
  masks,
  learn,
  next: (buffers) => buffers,
  joins: {},
  whole: () => "normalize by batch in the heads",
  names: [],
};

/**
 * The numbers of every step: the rate falls from epoch to epoch.
 *
 * Source: SimSiam, `adjust_learning_rate` in main_simsiam.py.
 */
function schedules(config: SimsiamConfig, length: Length): (step: number) => StepNumbers {
  const optim = optimSchedules(config, length);
  const { batchSize, learningRate, learningRateBatch } = config;
  const constantRate = learningRate * batchSize / (learningRateBatch ?? batchSize);
  const { stepsPerEpoch } = length;
  return (step) => ({
    ...optim(config.warmup === 0 ? step - step % stepsPerEpoch : step),
    constantRate,
  });
}
