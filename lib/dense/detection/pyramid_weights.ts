import type { MapSize } from "../../nn/mod.ts";
import type { Boxes } from "./boxes.ts";
import { type RoiWeights, roiWeights } from "./roi_align.ts";
import { roiLevels } from "./roi_level.ts";

/** A pyramid of maps, as far as regions are looked up in it. */
export type PyramidPlan = {
  /** Strides and sizes of the maps on which regions are looked at, the finest first. */
  maps: readonly { stride: number; size: MapSize }[];
  /** Half the side in pixels from which on regions are looked at on the second map. */
  finest: number;
};

/**
 * What the bins of regions take from each map of a pyramid: all from the map of their level, and
 * nothing from others.
 *
 * @param regions Of every image, `count` at most.
 */
export function pyramidWeights(
  regions: readonly Boxes[],
  { maps, finest }: PyramidPlan,
  { bins, count }: { bins: number; count: number },
): RoiWeights[] {
  const levels = regions.map((boxes) => roiLevels(boxes, { finest, levels: maps.length }));
  return maps.map(({ stride, size }, level) =>
    roiWeights(regions, size, {
      ...{ bins, count, scale: 1 / stride },
      takes: (image, region) => levels[image]![region] === level,
    })
  );
}
