/**
 * MoCo-v3: a student learns to find the other view of an image among those of its batch, as a
 * moving average of itself embeds them.
 *
 * Source: Chen, Xie and He 2021, "An empirical study of training self-supervised vision
 * transformers", and its official code.
 *
 * @module
 */
import { type MocoV3Config, recipes } from "../../configs/mod.ts";
import { cosine, type Length, optimSchedules } from "../../optim/mod.ts";
import type { Method, StepNumbers } from "../method.ts";
import { masks, studentViews, views } from "../two_large_views.ts";
import { init, learned, type MocoV3State, shapes } from "./network.ts";
import { learn, prepare, teach } from "./passes.ts";

/** MoCo-v3 as a method. All that it learns decays, normalizations and biases too. */
export const mocoV3: Method<MocoV3Config, MocoV3State> = {
  ...recipes.moco_v3,
  views,
  studentViews,
  shapes,
  init,
  learned,
  groups: () => () => ({ rate: 1, decays: true }),
  schedules,
  masks,
  prepare,
  teach,
  learn,
  next: (buffers) => buffers,
  joins: {},
  whole: () => "normalize by batch in the heads",
  names: [],
};

/** The numbers of every step: the teacher follows by `keyMomentum`, before the student moves. */
function schedules(config: MocoV3Config, length: Length): (step: number) => StepNumbers {
  const { teacherMomentum, risingMomentum } = config;
  const optim = optimSchedules(config, length, { reached: false });
  const momentum = cosine([teacherMomentum, risingMomentum ? 1 : teacherMomentum], length.steps);
  return (step) => ({ ...optim(step), keyMomentum: momentum(step) });
}
