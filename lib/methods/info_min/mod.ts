/**
 * InfoMin: a view of an image, and patches of it in random order, are to find the key of the image
 * among those of a queue, under augmentation that leaves them little in common but the content.
 *
 * Source: Tian et al. 2020, "What makes for good views for contrastive learning?", and its official
 * code, PyContrast.
 *
 * @module
 */
import { type InfoMinConfig, recipes } from "../../configs/mod.ts";
import { type Length, optimSchedules } from "../../optim/mod.ts";
import { isStatistic } from "../learned.ts";
import type { Method, StepNumbers } from "../method.ts";
import { type InfoMinState, init, next, shapes } from "./network.ts";
import { learn, teach } from "./passes.ts";
import { masks, studentViews, views } from "./views.ts";

/** InfoMin as a method. All that it learns decays, normalizations and biases too. */
export const infoMin: Method<InfoMinConfig, InfoMinState> = {
  ...recipes.info_min,
  views,
  studentViews,
  shapes,
  init,
  learned: (name) => !isStatistic(name),
  groups: () => () => ({ rate: 1, decays: true }),
  schedules,
  masks,
  teach,
  learn,
  next,
  joins: { keys: "rows" },
  whole: ({ resnet }) =>
    resnet ? "normalize by batch in the backbone" : "learn from patches and views together",
  names: [["keys.queue", "contrast.memory"]],
};

/**
 * The numbers of every step: the rate falls from epoch to epoch, of which the first is number 1.
 *
 * Source: InfoMin, `adjust_learning_rate` of PyContrast's learning/base_trainer.py.
 */
function schedules(config: InfoMinConfig, length: Length): (step: number) => StepNumbers {
  const optim = optimSchedules(config, length);
  const { stepsPerEpoch } = length;
  const { teacherMomentum: momentum, warmup } = config;
  return (step) => ({
    ...optim(warmup === 0 ? step - step % stepsPerEpoch + stepsPerEpoch : step),
    momentum,
  });
}
