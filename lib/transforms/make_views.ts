import { checkImage, type Image } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";
import { checkPlan } from "./check_plan.ts";
import { croppedView } from "./cropped_view.ts";
import { jigsaw } from "./jigsaw.ts";
import { type PatchMask, patchMask } from "./patch_mask.ts";
import { randAugmentedView } from "./rand_augmented_view.ts";
import { strongView, type View } from "./strong_view.ts";
import type { JigsawViews, NewViews, ViewPlan } from "./view_plan.ts";
import { unchangedView, weakView } from "./weak_view.ts";

/** The views of an image in a group. */
export type Views = {
  views: readonly View[];
  /** Whether they were weakly augmented, where one draw decided for all of them. */
  weak?: boolean;
  /** The mask of each view, row by row of its patches, where views are masked. */
  masks?: readonly PatchMask[];
};

/**
 * Makes the views of an image according to a plan, group after group: equal seeds give equal views.
 *
 * @throws {TypeError} If the plan or the random numbers are missing, the image's data are no bytes,
 * or a group has the views of one that does not come before it.
 * @throws {RangeError} If the image's data are not three bytes for each pixel, or a number of the
 * plan is out of its bounds.
 */
export function makeViews(image: Image, plan: ViewPlan, random: Random): Record<string, Views> {
  checkImage(image, "make views of");
  checkPlan(plan);
  if (typeof random?.uniform !== "function") {
    throw new TypeError("Cannot make views without random numbers: give `new Random(seed)`");
  }
  const groups: Record<string, Views> = {};
  for (const group of plan) {
    groups[group.name] = "same" in group
      ? { views: earlier(groups, group.same).views }
      : newViews(image, group, random);
  }
  return groups;
}

function newViews(image: Image, group: NewViews, random: Random): Views {
  const views = augmentedViews(image, group, random);
  const { masked, size } = group;
  if (!masked) return views;
  const side = size / masked.patchSize;
  return { ...views, masks: views.views.map(() => patchMask([side, side], masked, random)) };
}

function augmentedViews(
  image: Image,
  { size, views, strong, unchanged, jigsaw: cut }: NewViews,
  random: Random,
): Views {
  const draw = () => strong !== undefined && random.chance(strong.share);
  const make = (view: NewViews["views"][number], strongly: boolean): View => {
    const { randAugment } = view;
    if (randAugment) return randAugmentedView(image, { ...view, size, randAugment }, random);
    const makeWeak = unchanged ? unchangedView : weakView;
    if (!strong || !strongly) return makeWeak(image, { ...view, size }, random);
    const makeStrong = strong.cropFirst ? croppedView : strongView;
    return makeStrong(image, { ...strong, size, scale: view.scale, flip: view.flip }, random);
  };
  if (cut) return { views: shuffledPatches(image, { views, size, ...cut }, random) };
  if (!strong?.together) return { views: views.map((view) => make(view, draw())) };
  const strongly = draw();
  return { views: views.map((view) => make(view, strongly)), weak: !strongly };
}

/** Patches of a view in a random order. */
function shuffledPatches(
  image: Image,
  { views: [view], size, grid, crop }: Pick<NewViews, "views" | "size"> & JigsawViews,
  random: Random,
): View[] {
  const whole = weakView(image, { ...view!, size: crop }, random);
  const patches = jigsaw(whole, { grid, patch: size }, random);
  return Array.from(random.permutation(patches.length), (place) => patches[place]!);
}

function earlier(groups: Record<string, Views>, name: string): Views {
  const group = groups[name];
  if (group) return group;
  throw new TypeError(`Cannot use the views of the group "${name}" before they are made`);
}
