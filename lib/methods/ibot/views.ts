import type { IbotConfig } from "../../configs/mod.ts";
import type { Random } from "../../random/mod.ts";
import { largeViews, smallViews, type ViewPlan } from "../../transforms/mod.ts";
import type { Masks } from "../method.ts";
import { viewMasks } from "../view_masks.ts";

/** The student learns from all views; the teacher sees the large ones, without their masks. */
export const studentViews = ["global", "local"] as const;

/**
 * Two large views, parts of which are masked for the student, and some small ones.
 *
 * Source: iBOT, `DataAugmentationiBOT` and `ImageFolderMask` of its program, which draws masks of
 * the small views as well and does not use them.
 */
export function views(config: IbotConfig): ViewPlan {
  const { maskRatios, maskVariances, maskShape: shape, patchSize } = config;
  const small = smallViews(config);
  const ratios = maskRatios.map((ratio, i) => ({ ratio, variance: maskVariances[i]! }));
  return [
    { name: "global", ...largeViews(config), masked: { ratios, shape, patchSize } },
    ...small.views.length ? [{ name: "local", ...small }] : [],
  ];
}

/** The student's masks of stochastic depth, for its two large views and for the small ones. */
export function masks(config: IbotConfig, random: Random): Masks {
  return viewMasks(config, { global: 2, local: config.localCrops }, random);
}
