import type { Random } from "../random/mod.ts";
import { fittingSize, type PixelSize } from "./labeled_image.ts";
import { cropObjects, flipObjects, type ObjectImage, resizeObjects } from "./object_image.ts";

/** How an image with objects is shown in training. */
export type ObjectViewPlan = {
  /** Its longer side in pixels, at most. */
  longSide: number;
  /** Its shorter side in pixels, of which one is drawn, where the longer one allows it. */
  shortSides: readonly number[];
  /** Probability of a mirror image. */
  flip: number;
  /** Probability of a crop, which shows objects larger. */
  cropShare: number;
  /** Its shorter side before the crop, of which one is drawn. */
  cropShortSides: readonly number[];
  /** Least and greatest side of the crop. */
  cropSides: readonly [least: number, greatest: number];
};

/**
 * An image as it is shown in training: mirrored or not, and either resized, or resized, cropped and
 * resized again (the recipe of DETR and Sparse R-CNN, Carion et al. 2020, appendix A.4).
 */
export function objectView(
  objects: ObjectImage,
  { longSide, shortSides, flip, cropShare, cropShortSides, cropSides }: ObjectViewPlan,
  random: Random,
): ObjectImage {
  const resized = (objects: ObjectImage, sides: readonly number[]) =>
    resizeObjects(objects, fittingSize(objects.image, [longSide, oneOf(sides, random)]));
  const first = random.chance(flip) ? flipObjects(objects) : objects;
  if (!random.chance(cropShare)) return resized(first, shortSides);
  const large = resized(first, cropShortSides);
  return resized(cropObjects(large, drawRegion(large.image, cropSides, random)), shortSides);
}

function oneOf(values: readonly number[], random: Random): number {
  return values[random.integer(values.length)]!;
}

/** A rectangle in an image, each side of which is drawn. */
function drawRegion(
  { width, height }: PixelSize,
  [least, greatest]: readonly [number, number],
  random: Random,
) {
  const [tall, wide] = [height, width].map((side) => {
    const [from, to] = [Math.min(side, least), Math.min(side, greatest)];
    return from + random.integer(to - from + 1);
  }) as [number, number];
  const top = random.integer(height - tall + 1);
  const left = random.integer(width - wide + 1);
  return { top, left, width: wide, height: tall };
}
