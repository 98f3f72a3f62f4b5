import type { InfoMinConfig } from "../../configs/mod.ts";
import type { Random } from "../../random/mod.ts";
import { largeViews, type ViewPlan } from "../../transforms/mod.ts";
import type { Masks } from "../method.ts";
import { viewMasks } from "../view_masks.ts";
import { grid } from "./network.ts";

/** The student sees a view and the patches; the teacher sees the other view. */
export const studentViews = ["query", "jigsaw"] as const;

/**
 * Two views with color jitter, blur and RandAugment, and patches of a third one, whose colors stay
 * as they are.
 *
 * Source: InfoMin, augmentation "D" of PyContrast's datasets/util.py.
 */
export function views(config: InfoMinConfig): ViewPlan {
  const { size, views } = largeViews(config);
  const [magnitude, deviation] = config.randAugment ?? [10, 0.5];
  const randAugment = { magnitude, deviation, repeat: true, list: "original" } as const;
  const [query, key] = views.map((view) => ({ ...view, filter: "bilinear", randAugment }) as const);
  const plain = { ...query!, jitter: 0, grayscale: 0, blur: 0, randAugment: undefined };
  return [
    { name: "query", size, views: [query!] },
    { name: "key", size, views: [key!] },
    {
      name: "jigsaw",
      size: config.jigsawPatch,
      views: [{ ...plain, scale: [0.6, 1] }],
      jigsaw: { grid, crop: config.jigsawCrop },
    },
  ];
}

/** The student's masks of stochastic depth. */
export function masks(config: InfoMinConfig, random: Random): Masks {
  return viewMasks(config, { query: 1, jigsaw: grid ** 2 }, random);
}
