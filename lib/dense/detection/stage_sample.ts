import type { ImageSize } from "./anchors.ts";
import { assignBoxes, withObjects } from "./assign_boxes.ts";
import { decodeBoxes, type Deviations } from "./box_coder.ts";
import { boxCount, type Boxes, joinBoxes, selectRows } from "./boxes.ts";
import { type Choose, sampleBoxes, type SampleOptions } from "./sample_boxes.ts";
import type { StageSettings } from "./settings.ts";
import type { BoxOutput } from "./roi_heads.ts";

/** The objects of an image. */
export type TruthObjects = { boxes: Boxes; labels: Int32Array };

/** Boxes of an image from which a stage learns, those that find an object first. */
export type StageSample = {
  boxes: Boxes;
  /** The class of each; background is one more than the last. */
  labels: Int32Array;
  /** For each box that finds one, the number of its object. */
  objects: number[];
  /** Whether a box is an object's own. */
  isTruth: boolean[];
};

/** Options of {@linkcode sampleStage}. */
export type SampleStageOptions = {
  assign: StageSettings["assign"];
  sample: SampleOptions;
  classes: number;
  choose: Choose;
};

/**
 * The boxes from which a stage learns: some of those that the stage before it gives and of the
 * objects' own.
 */
export function sampleStage(
  boxes: Boxes,
  { boxes: truth, labels }: TruthObjects,
  { assign, sample, classes, choose }: SampleStageOptions,
): StageSample {
  const count = boxCount(truth);
  const candidates = joinBoxes(truth, boxes);
  const assignment = withObjects(assignBoxes(boxes, truth, assign), count);
  const { positive, negative } = sampleBoxes(assignment, sample, choose);
  const objects = positive.map((box) => assignment.objects[box]! - 1);
  const all = [...positive, ...negative];
  return {
    boxes: selectRows(candidates, all),
    labels: Int32Array.from(all, (_, i) => i < positive.length ? labels[objects[i]!]! : classes),
    objects,
    isTruth: all.map((box) => box < count),
  };
}

/** What a head says of the boxes of an image. */
export type ImageOutput = Record<keyof BoxOutput, Float32Array>;

/** How a stage moves boxes. */
export type RefineOptions = { deviations: Deviations; size: ImageSize };

/**
 * Boxes moved by the deltas of a class.
 *
 * @param labels The class of each box.
 */
export function refineBoxes(
  boxes: Boxes,
  { labels, deltas }: { labels: ArrayLike<number>; deltas: Float32Array },
  { deviations, size }: RefineOptions,
): Boxes {
  const each = deltas.length / boxes.length;
  const rows = Array.from({ length: boxCount(boxes) }, (_, box) => box * each + labels[box]!);
  return decodeBoxes(boxes, selectRows(deltas, rows), { deviations, size });
}

/** The likeliest class of each box, background aside. */
export function likeliest(scores: Float32Array, classes: number): Int32Array {
  return Int32Array.from({ length: scores.length / (classes + 1) }, (_, box) => {
    const row = scores.subarray(box * (classes + 1), box * (classes + 1) + classes);
    return row.indexOf(row.reduce((best, score) => Math.max(best, score), -Infinity));
  });
}

/**
 * The boxes that a stage gives to the next one in training: each moved by the deltas of its class,
 * or where it is background of the likeliest one; those of the objects themselves are left out.
 */
export function refinedSample(
  { boxes, labels, isTruth }: StageSample,
  { scores, deltas }: ImageOutput,
  { classes, ...options }: RefineOptions & { classes: number },
): Boxes {
  const guesses = likeliest(scores, classes);
  const classesOfBoxes = labels.map((label, box) => label < classes ? label : guesses[box]!);
  const next = refineBoxes(boxes, { labels: classesOfBoxes, deltas }, options);
  return selectRows(next, [...isTruth.keys()].filter((box) => !isTruth[box]));
}
