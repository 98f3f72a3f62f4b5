/**
 * DeepCluster-v2: before each epoch the embeddings that the last one left are clustered, and in it
 * every view of an image is to tell the cluster of its image.
 *
 * Source: Caron et al. 2020, "Unsupervised learning of visual features by contrasting cluster
 * assignments", appendix A, and its official code.
 *
 * @module
 */
import { type DeepclusterV2Config, recipes } from "../../configs/mod.ts";
import { groups, type Length, optimSchedules } from "../../optim/mod.ts";
import type { ViewPlan } from "../../transforms/mod.ts";
import { isStatistic } from "../learned.ts";
import type { Method, StepNumbers } from "../method.ts";
import { bilinear, masks, studentViews, views } from "../multi_crop_views.ts";
import { between } from "./clusters.ts";
import { assign, learn, survey } from "./passes.ts";
import { checkImages, type DeepclusterV2State, imagesOf, init, next, shapes } from "./state.ts";

/**
 * DeepCluster-v2 as a method. Under LARC all that it learns decays, normalizations and biases too.
 */
export const deepclusterV2: Method<DeepclusterV2Config, DeepclusterV2State> = {
  ...recipes.deepcluster_v2,
  views: plan,
  studentViews,
  shapes,
  imagesOf,
  checkImages,
  init,
  learned: (name) => !isStatistic(name),
  groups: ({ optimizer, patchEmbedRate }) =>
    optimizer === "adamw" ? groups(patchEmbedRate) : () => ({ rate: 1, decays: true }),
  schedules,
  masks,
  survey: { views: ["global"], pass: survey },
  between,
  learn,
  next,
  joins: { embeddings: "views", rows: "rows", place: "mean" },
  whole: () => "normalize all images of a batch together in the head",
  assign,
  names: [
    ["memory", "local_memory_embeddings"],
    ["index", "local_memory_index"],
    ["assignments", "assignments"],
  ],
};

/** Large views, of which a batch says which images they show, and small ones. */
function plan(config: DeepclusterV2Config): ViewPlan {
  return bilinear(views(config)).map((group) =>
    group.name === "global" ? { ...group, rows: true } : group
  );
}

/** The numbers of every step. */
function schedules(config: DeepclusterV2Config, length: Length): (step: number) => StepNumbers {
  const optim = optimSchedules(config, length, { warmupStart: config.warmupRate });
  return (step) => ({ ...optim(step), place: step % length.stepsPerEpoch });
}
