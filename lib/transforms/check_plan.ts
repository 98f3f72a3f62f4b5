import { isSide } from "../images/mod.ts";
import type { NewViews, ViewPlan } from "./view_plan.ts";

/**
 * Refuses a plan by which no views can be made.
 *
 * @throws {TypeError} If it is no list of groups, or a group has no views.
 * @throws {RangeError} If the size of views or the area that they show is out of its bounds.
 */
export function checkPlan(plan: ViewPlan): void {
  if (!Array.isArray(plan)) {
    throw new TypeError(
      "Cannot make views without a plan: give its groups as a list, such as " +
        "`methodOf(config).views(config)`",
    );
  }
  for (const group of plan as ViewPlan) if (!("same" in group)) checkGroup(group);
}

function checkGroup({ name, size, views }: NewViews): void {
  const group = `Cannot make the views "${name}"`;
  if (!isSide(size)) {
    throw new RangeError(`${group}: \`size\` takes an integer from 1, not ${size}`);
  }
  if (!Array.isArray(views) || views.length === 0) {
    throw new TypeError(`${group}: \`views\` lists how each of them is made, one at least`);
  }
  for (const { scale } of views as NewViews["views"]) {
    if (scale?.length === 2 && scale.every((part) => part > 0 && part <= 1)) continue;
    throw new RangeError(
      `${group}: \`scale\` takes the least and the greatest part of the image's area, above 0 and ` +
        `at most 1, not [${scale}]`,
    );
  }
}
