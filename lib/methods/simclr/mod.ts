/**
 * SimCLR: each view of an image is to find the other one among all views of the batch.
 *
 * Source: Chen et al. 2020, "A simple framework for contrastive learning of visual
 * representations", and its official code.
 *
 * @module
 */
import { recipes, type SimclrConfig } from "../../configs/mod.ts";
import { groups, type Length, optimSchedules } from "../../optim/mod.ts";
import { isStatistic } from "../learned.ts";
import type { Method, StepNumbers } from "../method.ts";
import { masks, studentViews, views } from "../two_large_views.ts";
import { init, shapes, type SimclrState } from "./network.ts";
import { learn } from "./passes.ts";

/** SimCLR as a method. Normalizations and biases do not decay. */
export const simclr: Method<SimclrConfig, SimclrState> = {
  ...recipes.simclr,
  views,
  studentViews,
  shapes,
  init,
  learned: (name) => !isStatistic(name),
  groups: ({ patchEmbedRate }) => groups(patchEmbedRate),
  schedules,
  masks,
  learn,
  next: (buffers) => buffers,
  joins: {},
  whole: () => "contrast all images of a batch",
  names: [],
};

/**
 * The numbers of every step. The cosine is made for a step more than the run has.
 *
 * Source: SimCLR, `WarmUpAndCosineDecay` in tf2/model.py and `get_train_steps`.
 */
function schedules(config: SimclrConfig, length: Length): (step: number) => StepNumbers {
  const { learningRate, rootRate, batchSize } = config;
  const peak = rootRate ? learningRate * Math.sqrt(batchSize) : learningRate;
  const longer = { ...length, steps: length.steps + 1 };
  return optimSchedules({ ...config, learningRate: peak }, longer, { reached: false });
}
