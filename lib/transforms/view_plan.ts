import type { MaskPlan } from "./patch_mask.ts";
import type { ErasingNoise } from "./random_erasing.ts";
import type { RandAugmentOptions } from "./rand_augment.ts";
import type { ViewOptions } from "./weak_view.ts";

/**
 * How the views of an image are made: groups in their order, as plain data. A method states the
 * plan, and the workers of the loader carry it out.
 */
export type ViewPlan = readonly ViewGroup[];

/** Views of an image that go through a network together. */
export type ViewGroup = NewViews | SameViews;

/** Views of one size, made one after the other. */
export type NewViews = {
  name: string;
  /** Side in pixels. */
  size: number;
  /** How each view is made where it is weakly augmented. */
  views: readonly Omit<ViewOptions, "size">[];
  /**
   * Whether views that are weakly augmented by jitter, grayscale, blur and solarization come with
   * these changes, for a device that makes them, instead of being changed.
   */
  unchanged?: boolean;
  /** How some views are strongly augmented instead; by default none are. */
  strong?: StrongViews;
  /** Of the only view, cells out of each of which a patch is cut; by default there are none. */
  jigsaw?: JigsawViews;
  /** Which patches of each view are masked for the student; by default none are. */
  masked?: MaskedViews;
  /** Whether the batch says which sample each image is; by default it does not. */
  rows?: boolean;
};

/** The same views, whose bytes a device changes as far as it can. */
export function withoutChanges(plan: ViewPlan): ViewPlan {
  const canWait = (group: ViewGroup): group is NewViews =>
    "views" in group && !group.jigsaw && !group.views.some(({ randAugment }) => randAugment);
  return plan.map((group) => canWait(group) ? { ...group, unchanged: true } : group);
}

/** How a view is cut into patches of the group's size, which are put into a random order. */
export type JigsawViews = {
  /** Cells in each direction. */
  grid: number;
  /** Side of the view that is cut, in pixels. */
  crop: number;
};

/** The number of views of an image in a group. */
export function countViews({ views, jigsaw }: NewViews): number {
  return jigsaw ? jigsaw.grid ** 2 : views.length;
}

/** How patches of views are masked. */
export type MaskedViews = MaskPlan & {
  /** Side of a patch in pixels. */
  patchSize: number;
};

/** The views of an earlier group under a second name; they are made once. */
export type SameViews = { name: string; same: string };

/** When and how views are strongly augmented; their scale and flip are those of weak views. */
export type StrongViews = RandAugmentOptions & {
  /** The probability that views are strongly augmented. */
  share: number;
  /**
   * Whether one draw decides for the whole group, whose outcome is part of the batch; otherwise one
   * draw decides for each view.
   */
  together?: boolean;
  /** Probability that a part is erased. */
  erasing: number;
  /** Where the noise that replaces it is normal; `input` by default. */
  noise?: ErasingNoise;
  /** Whether views are cropped first, as in timm; by default last, as in Mugs. */
  cropFirst?: boolean;
  /** Black around images that have the size of the view already, where views are cropped first. */
  padding?: number;
};
