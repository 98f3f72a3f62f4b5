import { boxCount, type Boxes, cornersOf } from "./boxes.ts";

const { fround, max, min } = Math;

/** The numbers of scores, the highest first, of equal ones the first; of so many at most. */
export function ranked(scores: Float32Array, most = scores.length): Uint32Array {
  // Sorting numbers alone is far faster than sorting places by them.
  const least = most < scores.length ? scores.toSorted()[scores.length - most]! : -Infinity;
  const candidates: number[] = [];
  for (let i = 0; i < scores.length; i++) if (scores[i]! >= least) candidates.push(i);
  return Uint32Array.from(candidates).sort((a, b) => scores[b]! - scores[a]! || a - b)
    .subarray(0, most);
}

/**
 * Non-maximum suppression: the boxes that no better one overlaps by more than `threshold`, the best
 * first.
 *
 * @param most Boxes after which it ends; by default it does not.
 */
export function suppress(
  boxes: Boxes,
  scores: Float32Array,
  { threshold, most = Infinity }: { threshold: number; most?: number },
): number[] {
  const order = ranked(scores);
  const sorted = new Float32Array(boxes.length);
  const sizes = new Float32Array(order.length);
  for (const [i, box] of order.entries()) {
    const [left, top, right, bottom] = cornersOf(boxes, box);
    sorted.set([left, top, right, bottom], 4 * i);
    sizes[i] = fround(right - left) * fround(bottom - top);
  }
  const suppressed = new Uint8Array(order.length);
  const best: number[] = [];
  for (const [i, box] of order.entries()) {
    if (suppressed[i]) continue;
    if (best.push(box) >= most) break;
    const [left, top, right, bottom] = cornersOf(sorted, i);
    for (let j = i + 1; j < suppressed.length; j++) {
      if (suppressed[j]) continue;
      const at = 4 * j;
      const width = max(0, fround(min(right, sorted[at + 2]!) - max(left, sorted[at]!)));
      const height = max(0, fround(min(bottom, sorted[at + 3]!) - max(top, sorted[at + 1]!)));
      const common = fround(width * height);
      const union = fround(fround(sizes[i]! + sizes[j]!) - common);
      if (fround(common / union) > threshold) suppressed[j] = 1;
    }
  }
  return best;
}

/**
 * The same for boxes of several groups, as of classes or levels, which do not suppress one another:
 * each group is moved to a place of its own (`batched_nms` of mmcv).
 */
export function suppressWithin(
  boxes: Boxes,
  scores: Float32Array,
  { groups, ...options }: { groups: ArrayLike<number>; threshold: number; most?: number },
): number[] {
  const step = fround(boxes.reduce((most, side) => max(most, side), -Infinity) + 1);
  const apart = boxes.map((side, i) => side + fround(groups[Math.floor(i / 4)]! * step));
  return suppress(apart, scores, options);
}

/** Boxes that were found, the surest first. */
export type DetectedBoxes = { boxes: Boxes; scores: Float32Array; labels: Int32Array };

/** Options of {@linkcode suppressClasses}. */
export type SuppressClassesOptions = {
  /** Scores above which a box counts. */
  score: number;
  /** Overlap above which the better of two boxes of a class stays. */
  threshold: number;
  /** Boxes of all classes together, at most. */
  most: number;
};

/**
 * The boxes that are left of the predictions for all classes (`multiclass_nms` of mmdetection).
 *
 * @param boxes `[boxes, classes * 4]`.
 * @param scores `[boxes, classes + 1]`; the last is that of the background.
 */
export function suppressClasses(
  boxes: Float32Array,
  scores: Float32Array,
  { score, threshold, most }: SuppressClassesOptions,
): DetectedBoxes {
  const rows = scores.length - boxCount(boxes);
  const classes = rows ? boxCount(boxes) / rows : 0;
  const entries: number[] = [];
  for (let i = 0; i < boxCount(boxes); i++) {
    if (scores[i + Math.floor(i / classes)]! > fround(score)) entries.push(i);
  }
  const candidates = new Float32Array(entries.flatMap((i) => cornersOf(boxes, i)));
  const values = Float32Array.from(entries, (i) => scores[i + Math.floor(i / classes)]!);
  const groups = Int32Array.from(entries, (i) => i % classes);
  const best = suppressWithin(candidates, values, { groups, threshold, most });
  return {
    boxes: new Float32Array(best.flatMap((i) => cornersOf(candidates, i))),
    scores: Float32Array.from(best, (i) => values[i]!),
    labels: Int32Array.from(best, (i) => groups[i]!),
  };
}
