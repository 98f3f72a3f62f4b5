import type { SufficientSize } from "../images/mod.ts";
import { RATIO } from "./random_resized_crop.ts";
import type { ViewPlan } from "./view_plan.ts";

/**
 * The size of an image from which on no random crop of a plan has a side shorter than its view:
 * however much larger an image is, it may be reduced to that size before views are made of it.
 */
export function sufficientSize(plan: ViewPlan): SufficientSize {
  const crops = plan.filter((group) => "views" in group).flatMap(({ size, jigsaw, views }) =>
    views.map(({ scale: [least] }) => ({ side: jigsaw?.crop ?? size, least }))
  );
  return {
    shorterSide: Math.max(...crops.map(({ side }) => side)),
    pixels: Math.max(...crops.map(({ side, least }) => side ** 2 / (least * RATIO[0]))),
  };
}
