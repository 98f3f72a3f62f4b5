import { type CocoObject, overlapOf } from "./annotation.ts";

/**
 * Intersections over union from which on a detection counts as right: 0.5, 0.55 and so on to 0.95,
 * to the last bit as NumPy divides the range.
 */
export const iouThresholds: readonly number[] = Array.from(
  { length: 10 },
  (_, i) => i === 9 ? 0.95 : 0.5 + i * ((0.95 - 0.5) / 9),
);

/** Areas of objects in pixels that are scored by themselves. */
export const areaRanges = {
  all: [0, 1e10],
  small: [0, 32 ** 2],
  medium: [32 ** 2, 96 ** 2],
  large: [96 ** 2, 1e10],
} as const satisfies Record<string, readonly [number, number]>;

/** Detections of a picture and a category, held against its annotations. */
export type Matches = {
  /** The detections, the surest first. */
  detections: CocoObject[];
  /** The annotations, those that do not count last, and whether they do not. */
  annotations: CocoObject[];
  annotationIgnored: boolean[];
  /** For each threshold and detection, the number of its annotation; 0 without one. */
  matches: number[][];
  /** Whether it counts neither as right nor as wrong. */
  ignored: boolean[][];
};

/** What is in a picture, of a category or of all together. */
export type CocoGroup = {
  detections: CocoObject[];
  annotations: CocoObject[];
  /** Intersection over union `[detections][annotations]`. */
  overlaps: number[][];
};

/** Detections and annotations of a picture with their overlaps. */
export function cocoGroup(detections: CocoObject[], annotations: CocoObject[]): CocoGroup {
  const overlaps = detections.map((detection) =>
    annotations.map((annotation) => overlapOf(detection, annotation))
  );
  return { detections, annotations, overlaps };
}

/**
 * Gives each detection, the surest first, the annotation that it overlaps best and that no other
 * one has (`COCOeval.evaluateImg`).
 *
 * @param most Detections that are looked at.
 */
export function matchObjects(
  { detections, annotations, overlaps: all }: CocoGroup,
  { range: [from, to], most }: { range: readonly [number, number]; most: number },
): Matches {
  const at = [...detections.keys()]
    .sort((a, b) => detections[b]!.score - detections[a]!.score).slice(0, most);
  const surest = at.map((d) => detections[d]!);
  const outside = ({ area }: CocoObject) => area < from || area > to;
  const uncounted = (object: CocoObject) => object.crowd || outside(object);
  const order = [...annotations.keys()]
    .sort((a, b) => Number(uncounted(annotations[a]!)) - Number(uncounted(annotations[b]!)));
  const ordered = order.map((g) => annotations[g]!);
  const annotationIgnored = ordered.map(uncounted);
  const overlaps = at.map((d) => order.map((g) => all[d]![g]!));
  const matches: number[][] = [], ignored: boolean[][] = [];
  for (const threshold of iouThresholds) {
    const taken = new Set<number>();
    const best = surest.map((_, d) => {
      const g = bestOf(overlaps[d]!, { threshold, taken, ordered, annotationIgnored });
      if (g >= 0) taken.add(g);
      return g;
    });
    matches.push(best.map((g) => ordered[g]?.id ?? 0));
    ignored.push(best.map((g, d) => g >= 0 ? annotationIgnored[g]! : outside(surest[d]!)));
  }
  return { detections: surest, annotations: ordered, annotationIgnored, matches, ignored };
}

/** The annotation that a detection gets; -1 for none. */
function bestOf(
  overlaps: number[],
  { threshold, taken, ordered, annotationIgnored }: {
    threshold: number;
    taken: Set<number>;
    ordered: CocoObject[];
    annotationIgnored: boolean[];
  },
): number {
  let [best, highest] = [-1, Math.min(threshold, 1 - 1e-10)];
  for (const [g, annotation] of ordered.entries()) {
    if (taken.has(g) && !annotation.crowd) continue;
    // One that counts is better than any that does not, and those come last.
    if (best >= 0 && !annotationIgnored[best] && annotationIgnored[g]) break;
    if (overlaps[g]! < highest) continue;
    [best, highest] = [g, overlaps[g]!];
  }
  return best;
}
