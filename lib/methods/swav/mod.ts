/**
 * SwAV: each large view is assigned to prototypes so that all of them are used alike, and the other
 * views of its image predict that assignment.
 *
 * Source: Caron et al. 2020, "Unsupervised learning of visual features by contrasting cluster
 * assignments", and its official code.
 *
 * @module
 */
import { recipes, type SwavConfig } from "../../configs/mod.ts";
import { groups, type Length, optimSchedules } from "../../optim/mod.ts";
import type { ViewPlan } from "../../transforms/mod.ts";
import { isStatistic } from "../learned.ts";
import type { Method, StepNumbers } from "../method.ts";
import { bilinear, masks, studentViews, views } from "../multi_crop_views.ts";
import { assign, learn, prepare } from "./passes.ts";
import { init, next, shapes, type SwavState } from "./state.ts";

/** SwAV as a method. Under LARC all that it learns decays, normalizations and biases too. */
export const swav: Method<SwavConfig, SwavState> = {
  ...recipes.swav,
  views: (config): ViewPlan => bilinear(views(config)),
  studentViews,
  shapes,
  init,
  learned: (name) => !isStatistic(name),
  groups: ({ optimizer, patchEmbedRate }) =>
    optimizer === "adamw" ? groups(patchEmbedRate) : () => ({ rate: 1, decays: true }),
  schedules,
  masks,
  prepare,
  learn,
  next,
  joins: { embeddings: "views" },
  whole: () => "assign all images of a batch together",
  assign,
  names: [["queue", "queue"]],
};

/** The numbers of every step. */
function schedules(config: SwavConfig, length: Length): (step: number) => StepNumbers {
  const optim = optimSchedules(config, length, { warmupStart: config.warmupRate });
  const start = Math.round(config.queueStart * length.stepsPerEpoch);
  return (step) => ({ ...optim(step), queued: step < start ? 0 : 1 });
}
