import { dropPathMasks } from "../../nn/mod.ts";
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

/**
 * The masks of a student's forward pass, one for each of its groups of views (two large ones, then
 * the small ones); none where no path is dropped.
 */
export function masks(
  config: Pick<MugsConfig, "depth" | "dropPath" | "batchSize" | "localCrops">,
  random: Random,
): Masks {
  const { batchSize, localCrops, depth, dropPath: rate } = config;
  if (rate === 0) return {};
  const masksOf = (views: number) =>
    dropPathMasks(random, { depth, rate, batch: views * batchSize });
  return { student: masksOf(2), ...localCrops > 0 && { local: masksOf(localCrops) } };
}
