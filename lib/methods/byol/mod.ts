/**
 * BYOL: a student predicts the projection that its own moving average gives to the other view of
 * an image; there are no negatives.
 *
 * Source: Grill et al. 2020, "Bootstrap your own latent", and its official code.
 *
 * @module
 */
import { type ByolConfig, recipes } from "../../configs/mod.ts";
import { cosine, groups, type Length, optimSchedules } from "../../optim/mod.ts";
import { isStatistic } from "../learned.ts";
import type { Method, StepNumbers } from "../method.ts";
import { masks, studentViews, views } from "../two_large_views.ts";
import { type ByolState, init, shapes } from "./network.ts";
import { learn, teach } from "./passes.ts";

/** BYOL as a method. Normalizations and biases do not decay. */
export const byol: Method<ByolConfig, ByolState> = {
  ...recipes.byol,
  views,
  studentViews,
  shapes,
  init,
  learned: (name) => !isStatistic(name),
  groups: ({ patchEmbedRate }) => groups(patchEmbedRate),
  schedules,
  masks,
  teach,
  learn,
  next: (buffers) => buffers,
  joins: {},
  whole: () => "normalize by batch in the heads",
  names: [],
};

/** The numbers of every step. */
function schedules(config: ByolConfig, length: Length): (step: number) => StepNumbers {
  const optim = optimSchedules(config, length, { reached: false });
  const momentum = cosine([config.teacherMomentum, 1], length.steps);
  return (step) => ({ ...optim(step), momentum: momentum(step) });
}
