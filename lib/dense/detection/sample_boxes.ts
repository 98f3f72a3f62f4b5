import type { Random } from "../../random/mod.ts";
import type { Assignment } from "./assign_boxes.ts";

/** How many boxes are learned from. */
export type SampleOptions = {
  /** Boxes in all. */
  count: number;
  /** The greatest share of boxes that find objects. */
  positiveShare: number;
};

/** The numbers of the boxes that are learned from, in ascending order. */
export type BoxSample = { positive: number[]; negative: number[] };

/** Chooses `count` of candidates. */
export type Choose = (candidates: number[], count: number) => number[];

/** The first candidates, as in the recorded values of the official code. */
export const chooseFirst: Choose = (candidates: number[], count: number): number[] =>
  candidates.slice(0, count);

/** Candidates at random. */
export function chooseRandomly(random: Random): Choose {
  return (candidates, count) =>
    Array.from(random.permutation(candidates.length).subarray(0, count), (i) => candidates[i]!)
      .sort((a, b) => a - b);
}

/**
 * The boxes that are learned from: of those that find objects up to their share, and of background
 * as many as are left (`RandomSampler` of mmdetection).
 */
export function sampleBoxes(
  { objects }: Pick<Assignment, "objects">,
  { count, positiveShare }: SampleOptions,
  choose: Choose,
): BoxSample {
  const candidates = { positive: [] as number[], negative: [] as number[] };
  for (const [box, object] of objects.entries()) {
    if (object > 0) candidates.positive.push(box);
    if (object === 0) candidates.negative.push(box);
  }
  const upTo = (boxes: number[], most: number) => boxes.length > most ? choose(boxes, most) : boxes;
  const positive = upTo(candidates.positive, Math.trunc(count * positiveShare));
  return { positive, negative: upTo(candidates.negative, count - positive.length) };
}
