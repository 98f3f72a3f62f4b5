import type { Config } from "../configs/mod.ts";
import type { Random } from "../random/mod.ts";
import { type CropsConfig, largeViews, smallViews, type ViewPlan } from "../transforms/mod.ts";
import type { Masks } from "./method.ts";
import { viewMasks } from "./view_masks.ts";

/** The student learns from all views; the teacher sees the large ones. */
export const studentViews = ["global", "local"] as const;

/**
 * Two large views and some small ones, all weakly augmented.
 *
 * Source: DINO, `DataAugmentationDINO` of its program.
 */
export function views(config: CropsConfig): ViewPlan {
  const small = smallViews(config);
  return [
    { name: "global", ...largeViews(config) },
    ...small.views.length ? [{ name: "local", ...small }] : [],
  ];
}

/** The student's masks of stochastic depth, for its two large views and for the small ones. */
export function masks(config: Config, random: Random): Masks {
  return viewMasks(config, { global: 2, local: config.localCrops }, random);
}

/** The same views, made with the filter that torchvision takes by default. */
export function bilinear(plan: ViewPlan): ViewPlan {
  return plan.map((group) =>
    "same" in group
      ? group
      : { ...group, views: group.views.map((view) => ({ ...view, filter: "bilinear" })) }
  );
}
