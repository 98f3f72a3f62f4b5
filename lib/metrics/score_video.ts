import type { Mask } from "../images/mod.ts";
import { contourAccuracy } from "./contour_accuracy.ts";
import { maskOf } from "./mask.ts";
import { mean, type OverTime, overTime } from "./over_time.ts";
import { regionSimilarity } from "./region_similarity.ts";

/** The scores of one object of a video. */
export type ObjectScore = {
  /** Its label in the masks, from 1. */
  object: number;
  /** Region similarity and contour accuracy of each frame but the first and the last. */
  frames: { J: number[]; F: number[] };
  J: OverTime;
  F: OverTime;
};

/** The scores of the objects of some videos, and their means over all objects. */
export type VideoScore = {
  /** The mean of the means of J and F, by which methods are compared. */
  JF: number;
  J: OverTime;
  F: OverTime;
};

/** The label of pixels that belong to no object and to no background. */
const VOID = 255;

/**
 * Scores the masks of a video, as davis2017-evaluation does in the semi-supervised task: the first
 * frame was given and the last one is left out; objects that are missing from the result count as
 * empty masks; void pixels of the annotation count as background.
 *
 * @param annotation One map of labels a frame.
 * @throws {RangeError} If the frames differ in number or size, or the result holds more objects
 * than the first annotation.
 */
export function scoreVideo(annotation: Mask[], result: Mask[]): ObjectScore[] {
  if (annotation.length !== result.length || annotation.length < 3) {
    throw new RangeError(
      `Cannot score ${result.length} frames against ${annotation.length}: there must be as ` +
        "many, and three or more",
    );
  }
  const truth = annotation.map((mask) => withoutVoid(mask));
  const inner = result.slice(1, -1);
  const objects = largest(truth.slice(0, 1)), claimed = largest(inner);
  if (claimed > objects) {
    throw new RangeError(
      `Cannot score masks of ${claimed} objects: the first annotation has ${objects}`,
    );
  }
  return Array.from({ length: objects }, (_, i) => {
    const pairs = inner.map((
      mask,
      frame,
    ) => [maskOf(truth[frame + 1]!, i + 1), maskOf(mask, i + 1)]);
    const J = pairs.map(([a, b]) => regionSimilarity(a!, b!));
    const F = pairs.map(([a, b]) => contourAccuracy(a!, b!));
    return { object: i + 1, frames: { J, F }, J: overTime(J), F: overTime(F) };
  });
}

/** The means over the objects of all videos. */
export function meanOfObjects(objects: ObjectScore[]): VideoScore {
  const over = (score: "J" | "F"): OverTime => ({
    mean: mean(objects.map((object) => object[score].mean)),
    recall: mean(objects.map((object) => object[score].recall)),
    decay: mean(objects.map((object) => object[score].decay)),
  });
  const [J, F] = [over("J"), over("F")];
  return { JF: (J.mean + F.mean) / 2, J, F };
}

function withoutVoid(mask: Mask): Mask {
  return { ...mask, data: mask.data.map((label) => label === VOID ? 0 : label) };
}

function largest(masks: Mask[]): number {
  return masks.reduce((most, { data }) => data.reduce((a, b) => Math.max(a, b), most), 0);
}
