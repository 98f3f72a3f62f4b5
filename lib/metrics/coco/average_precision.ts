import {
  annotated,
  type CocoAnnotation,
  type CocoDetection,
  type CocoKind,
  type CocoObject,
  detected,
} from "./annotation.ts";
import { mean } from "../over_time.ts";
import {
  areaRanges,
  type CocoGroup,
  cocoGroup,
  iouThresholds,
  type Matches,
  matchObjects,
} from "./match.ts";

/** A file of annotations in COCO's layout, as far as it is scored. */
export type CocoTruth = {
  images: { id: number; width: number; height: number }[];
  annotations: CocoAnnotation[];
  categories: { id: number; name?: string }[];
};

/** The name of a range of areas. */
export type AreaName = keyof typeof areaRanges;

/** Options of {@linkcode cocoScores}. */
export type CocoOptions = {
  /** Whether boxes or masks are compared. */
  kind?: CocoKind;
  /** Whether categories are scored each by itself. */
  categories?: boolean;
};

/** The twelve numbers of COCO, from 0 to 1; -1 where there is nothing to find. */
export type CocoStatistics = Record<
  `AP${"" | "50" | "75" | "s" | "m" | "l"}` | `AR${"1" | "10" | "100" | "s" | "m" | "l"}`,
  number
>;

/** All that COCO's evaluation tells. */
export type CocoScores = {
  statistics: CocoStatistics;
  /** The average precision of each category, in the order of their numbers. */
  perCategory: number[];
  /** Precision `[thresholds][101 recalls][categories]` over all areas, -1 without annotations. */
  precision: number[][][];
  /** The highest recall `[thresholds][categories][areas][detections]`. */
  recall: number[][][][];
};

/** How many detections of a picture are looked at, at most. */
const counts = [1, 10, 100] as const;

/** To the last bit as NumPy divides the range: 0.29, for one, is reached a little later. */
const recalls = Array.from({ length: 101 }, (_, i) => i * 0.01);
const areas = Object.keys(areaRanges) as AreaName[];

/**
 * Average precision and recall of detections, as pycocotools' `COCOeval` works them out.
 *
 * @throws {RangeError} If a detection or an annotation is of a picture that is not listed.
 */
export function cocoScores(
  truth: CocoTruth,
  detections: CocoDetection[],
  { kind = "bbox", categories: apart = true }: CocoOptions = {},
): CocoScores {
  const groups = grouped(truth, detections, { kind, apart });
  const categories = apart ? truth.categories.map(({ id }) => id).sort((a, b) => a - b) : [-1];
  const curves = categories.map((category) =>
    areas.map((area) => {
      const matches = (groups.get(category) ?? []).map((group) =>
        matchObjects(group, { range: areaRanges[area], most: counts[2] })
      );
      return counts.map((most) => iouThresholds.map((_, t) => curveOf(matches, t, most)));
    })
  );
  const precision = iouThresholds.map((_, t) =>
    recalls.map((_, r) => curves.map(([all]) => all![2]![t]?.precision[r] ?? -1))
  );
  const recall = iouThresholds.map((_, t) =>
    curves.map((byArea) => byArea.map((byCount) => byCount.map((c) => c[t]?.recall ?? -1)))
  );
  return {
    statistics: statisticsOf(curves),
    perCategory: curves.map((byArea) => averagePrecision([byArea], { area: "all" })),
    precision,
    recall,
  };
}

/** What is in each picture where there is something, by category, or all together under -1. */
function grouped(
  { images, annotations, categories }: CocoTruth,
  detections: CocoDetection[],
  { kind, apart }: { kind: CocoKind; apart: boolean },
): Map<number, CocoGroup[]> {
  const sizes = new Map(images.map((image) => [image.id, image]));
  const sizeOf = (image: number) => {
    const size = sizes.get(image);
    if (size) return size;
    throw new RangeError(`Cannot score a detection or annotation of image ${image}: unknown image`);
  };
  const marked = annotations.map((a) => annotated(a, kind, sizeOf(a.image_id)));
  const found = detections.map((d, i) =>
    detected(d, kind, { id: i + 1, size: sizeOf(d.image_id) })
  );
  const order = categories.map(({ id }) => id).sort((a, b) => a - b);
  const key = (image: number, category: number) => `${image}/${category}`;
  const by = (objects: CocoObject[]) =>
    Map.groupBy(objects, ({ image, category }) => key(image, category));
  const [foundBy, markedBy] = [by(found), by(marked)];
  const ordered = [...sizes.keys()].sort((a, b) => a - b);
  const groupsOf = (categories: number[]) =>
    ordered.flatMap((image) => {
      const of = (objects: Map<string, CocoObject[]>) =>
        categories.flatMap((category) => objects.get(key(image, category)) ?? []);
      const [detections, annotations] = [of(foundBy), of(markedBy)];
      if (detections.length + annotations.length === 0) return [];
      return [cocoGroup(detections, annotations)];
    });
  return new Map(
    apart ? order.map((category) => [category, groupsOf([category])]) : [[-1, groupsOf(order)]],
  );
}

/** Precision at 101 recalls, and the highest recall. */
type Curve = { precision: number[]; recall: number };

/** The curve at a threshold; `null` where there is nothing to find. */
function curveOf(matches: Matches[], threshold: number, most: number): Curve | null {
  const total = matches.reduce(
    (sum, { annotationIgnored }) => sum + annotationIgnored.filter((ignored) => !ignored).length,
    0,
  );
  if (!total) return null;
  const outcomes = matches.flatMap(({ detections, matches, ignored }) =>
    detections.slice(0, most).map(({ score }, d) => ({
      score,
      right: matches[threshold]![d] !== 0,
      ignored: ignored[threshold]![d]!,
    }))
  ).sort((a, b) => b.score - a.score);
  let [right, wrong] = [0, 0];
  const points = outcomes.map((outcome) => {
    if (!outcome.ignored) outcome.right ? right++ : wrong++;
    return { recall: right / total, precision: right / (right + wrong + Number.EPSILON) };
  });
  for (let i = points.length - 2; i >= 0; i--) {
    points[i]!.precision = Math.max(points[i]!.precision, points[i + 1]!.precision);
  }
  let at = 0;
  const precision = recalls.map((recall) => {
    while (at < points.length && points[at]!.recall < recall) at++;
    return points[at]?.precision ?? 0;
  });
  return { precision, recall: points.at(-1)?.recall ?? 0 };
}

/** Curves by category, area, count and threshold. */
type Curves = (Curve | null)[][][][];

type Choice = { area: AreaName; count?: number; threshold?: number };

function chosen(curves: Curves, { area, count = 2, threshold }: Choice): Curve[] {
  return curves.flatMap((byArea) => {
    const all = byArea[areas.indexOf(area)]![count]!;
    const at = threshold === undefined ? all : [all[iouThresholds.indexOf(threshold)]!];
    return at.filter((curve) => curve !== null);
  });
}

function averagePrecision(curves: Curves, choice: Choice): number {
  return meanOrNone(chosen(curves, choice).flatMap(({ precision }) => precision));
}

function averageRecall(curves: Curves, choice: Choice): number {
  return meanOrNone(chosen(curves, choice).map(({ recall }) => recall));
}

function meanOrNone(numbers: number[]): number {
  return numbers.length ? mean(numbers) : -1;
}

function statisticsOf(curves: Curves): CocoStatistics {
  const AP = (choice: Choice) => averagePrecision(curves, choice);
  const AR = (choice: Choice) => averageRecall(curves, choice);
  return {
    AP: AP({ area: "all" }),
    AP50: AP({ area: "all", threshold: 0.5 }),
    AP75: AP({ area: "all", threshold: 0.75 }),
    APs: AP({ area: "small" }),
    APm: AP({ area: "medium" }),
    APl: AP({ area: "large" }),
    AR1: AR({ area: "all", count: 0 }),
    AR10: AR({ area: "all", count: 1 }),
    AR100: AR({ area: "all" }),
    ARs: AR({ area: "small" }),
    ARm: AR({ area: "medium" }),
    ARl: AR({ area: "large" }),
  };
}
