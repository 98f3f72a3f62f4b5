import type { Config } from "../configs/mod.ts";
import type { Random } from "../random/mod.ts";
import { largeViews, type ViewPlan } from "../transforms/mod.ts";
import type { Masks } from "./method.ts";
import { bilinear } from "./multi_crop_views.ts";
import { viewMasks } from "./view_masks.ts";

/** All networks see the same two views. */
export const studentViews = ["large"] as const;

/**
 * Two views of every image.
 *
 * Source: MoCo-v3, main_moco.py, and SimSiam, main_simsiam.py, where the mirror image comes last,
 * which makes no difference.
 */
export function views(config: Config): ViewPlan {
  return bilinear([{ name: "large", ...largeViews(config) }]);
}

/** The student's masks of stochastic depth. */
export function masks(config: Config, random: Random): Masks {
  return viewMasks(config, { large: 2 }, random);
}
