import type { ErasingNoise } from "./random_erasing.ts";
import type { RandAugmentOptions } from "./rand_augment.ts";
import type { ViewOptions } from "./weak_view.ts";

/**
 * How the views of every image are made for a step: groups in their order, as plain data. A method states it, and the
 * loader's workers carry it out.
 */
export type ViewPlan = readonly ViewGroup[];

/** Some views of an image that go through a network together. */
export type ViewGroup = NewViews | SameViews;

/** Views of one size, made one after the other. */
export type NewViews = {
  name: string;
  /** Side in pixels. */
  size: number;
  /** How each of them is made where it is weakly augmented. */
  views: readonly Omit<ViewOptions, "size">[];
  /** Some of them are strongly augmented instead; by default none. */
  strong?: StrongViews;
};

/** The views of an earlier group under a second name: they are made once. */
export type SameViews = { name: string; same: string };

/** When and how views are strongly augmented: a draw decides, the scale and the flip are those of the weak view. */
export type StrongViews = RandAugmentOptions & {
  /** The probability. */
  share: number;
  /** Whether one draw decides for the whole group, which then tells its outcome; else there is one for each view. */
  together?: boolean;
  /** Probability that a part is erased. */
  erasing: number;
  /** Of what the noise is that takes its place; `input` by default. */
  noise?: ErasingNoise;
};
