import type { MugsConfig } from "../../configs/mod.ts";
import type { Random } from "../../random/mod.ts";
import {
  type CropsConfig,
  largeViews,
  smallViews,
  strongViews,
  type ViewPlan,
} from "../../transforms/mod.ts";
import type { Masks } from "../method.ts";
import { viewMasks } from "../view_masks.ts";

/** The student learns from large views and small ones. */
export const studentViews = ["student", "local"] as const;

/**
 * Two large views for the teacher, two for the student and some small ones. The teacher's are
 * weakly augmented; a draw decides for the student's two, and another for each small one.
 *
 * Source: Mugs, section 4 and `multicropdataset.py`; the weak augmentation is DINO's.
 */
export function views(config: CropsConfig): ViewPlan {
  const large = largeViews(config), small = smallViews(config), strong = strongViews(config);
  return [
    { name: "teacher", ...large },
    config.sharedCrops
      ? { name: "student", same: "teacher" }
      : { name: "student", ...large, strong: strong && { ...strong, together: true } },
    ...small.views.length ? [{ name: "local", ...small, strong }] : [],
  ];
}

/** The student's masks of stochastic depth, for its two large views and for the small ones. */
export function masks(config: MugsConfig, random: Random): Masks {
  return viewMasks(config, { student: 2, local: config.localCrops }, random);
}
