import * as tf from "@tensorflow/tfjs";
import type { Mask } from "../../images/mod.ts";
import { anchorLevels } from "./anchor_levels.ts";
import type { ImageSize } from "./anchors.ts";
import { decodeBoxes } from "./box_coder.ts";
import { boxCount, type Boxes, cornersOf } from "./boxes.ts";
import type { Detector } from "./detector.ts";
import type { DetectorPasses } from "./detector_passes.ts";
import { outputsByImage, proposedBoxes, pyramidPlan } from "./detector_targets.ts";
import { atLeast, pasteMask } from "./paste_mask.ts";
import { type PyramidPlan, pyramidWeights } from "./pyramid_weights.ts";
import type { DetectorSettings } from "./settings.ts";
import { type ImageOutput, likeliest, refineBoxes } from "./stage_sample.ts";
import { type DetectedBoxes, suppressClasses } from "./suppress.ts";

/** Objects that were found in an image, the surest first. */
export type DetectedObjects = DetectedBoxes & {
  /** Soft masks within the boxes, `[objects, side, side]`. */
  masks: Float32Array;
  side: number;
};

/** Options of {@linkcode detect}. */
export type DetectOptions = {
  model: Detector;
  /** Compiled for scoring. */
  passes: DetectorPasses;
  settings: DetectorSettings;
  classes: number;
  /** Height and width of each image without what pads it. */
  sizes: readonly ImageSize[];
};

/** Regions of an image that a head looks at in one go, which bounds its memory. */
const REGIONS = 256;

/**
 * Finds objects in images: boxes are moved by every stage, their classes are told by the mean of
 * the stages, and so are their masks (`CascadeRoIHead.predict` of mmdetection). Call it within a
 * `tidy`.
 *
 * @param images `[images, height, width, 3]`, whose sides are multiples of 32 pixels.
 */
export function detect(images: tf.Tensor4D, options: DetectOptions): DetectedObjects[] {
  const { model, passes, settings, classes, sizes } = options;
  const [, height, width] = images.shape;
  const levels = anchorLevels([height, width], settings.anchors);
  const { maps, outputs } = passes.propose(images, model);
  const proposal = settings.proposals.scoring;
  const plan = pyramidPlan(levels, settings);
  let boxes = proposedBoxes(levels, outputs, { sizes, settings, proposal })
    .map(({ boxes }) => boxes);
  const sums = boxes.map((boxes) => new Float32Array(boxCount(boxes) * (classes + 1)));
  let outputsOfStage: ImageOutput[] = [];
  for (const [stage, { deviations }] of settings.stages.entries()) {
    const isLast = stage === settings.stages.length - 1;
    outputsOfStage = judgeAll(boxes, { ...options, maps, plan, stage });
    for (const [image, { scores }] of outputsOfStage.entries()) {
      for (const [i, score] of scores.entries()) sums[image]![i]! += score;
    }
    if (isLast) break;
    boxes = boxes.map((boxes, image) => {
      const { scores, deltas } = outputsOfStage[image]!;
      const labels = likeliest(scores, classes);
      return refineBoxes(boxes, { labels, deltas }, { deviations, size: sizes[image]! });
    });
  }
  const { deviations } = settings.stages.at(-1)!;
  const detections = boxes.map((boxes, image) => {
    const size = sizes[image]!;
    const corners = decodeBoxes(boxes, outputsOfStage[image]!.deltas, { deviations, size });
    const scores = softmaxOfMean(sums[image]!, { classes, count: settings.stages.length });
    return suppressClasses(corners, scores, settings.results);
  });
  const masks = drawAll(detections, { ...options, maps, plan });
  return detections.map((boxes, image) => ({
    ...boxes,
    masks: masks[image]!,
    side: settings.maskSide,
  }));
}

/** The masks of objects in an image of a size, of which the boxes are. */
export function objectMasks(
  { boxes, masks, side }: Pick<DetectedObjects, "boxes" | "masks" | "side">,
  { width, height, threshold = 0.5 }: { width: number; height: number; threshold?: number },
): Mask[] {
  return Array.from({ length: boxCount(boxes) }, (_, i) => {
    const data = masks.subarray(i * side ** 2, (i + 1) * side ** 2);
    const small = { width: side, height: side, data };
    return atLeast(pasteMask(small, cornersOf(boxes, i), { width, height }), threshold);
  });
}

type Looking = DetectOptions & { maps: tf.Tensor4D[]; plan: PyramidPlan };

/** What a stage says of boxes, a part of them at a time. */
function judgeAll(boxes: readonly Boxes[], looking: Looking & { stage: number }): ImageOutput[] {
  const { maps, plan, stage, model, passes, classes, settings } = looking;
  const { most } = settings.proposals.scoring;
  const count = Math.min(REGIONS, most);
  const outputsOfStage = boxes.map((boxes) => ({
    scores: new Float32Array(boxCount(boxes) * (classes + 1)),
    deltas: new Float32Array(boxes.length * classes),
  }));
  for (let start = 0; start < Math.max(...boxes.map(boxCount)); start += count) {
    const part = boxes.map((boxes) => ({
      boxes: boxes.subarray(4 * start, 4 * (start + count)),
    }));
    tf.tidy(() => {
      const sets = part.map(({ boxes }) => boxes);
      const weights = pyramidWeights(sets, plan, { bins: settings.boxBins, count });
      const present = tf.ones<tf.Rank.R1>([sets.length * count]);
      const head = model.roi_head.bbox_head[stage]!;
      const parts = outputsByImage(passes.judge({ maps, weights, present }, head), part);
      for (const [image, { scores, deltas }] of parts.entries()) {
        outputsOfStage[image]!.scores.set(scores, start * (classes + 1));
        outputsOfStage[image]!.deltas.set(deltas, start * classes * 4);
      }
    });
  }
  return outputsOfStage;
}

/** The mean masks of all stages, as probabilities. */
function drawAll(detections: readonly DetectedBoxes[], looking: Looking): Float32Array[] {
  const { maps, plan, model, passes, settings: { maskBins: bins, maskSide: side, results } } =
    looking;
  const count = results.most;
  const boxes = detections.map(({ boxes }) => boxes);
  if (boxes.every(({ length }) => length === 0)) return detections.map(() => new Float32Array(0));
  return tf.tidy(() => {
    const weights = pyramidWeights(boxes, plan, { bins, count });
    const present = tf.ones<tf.Rank.R1>([boxes.length * count]);
    const labels = tf.tensor1d(
      detections.flatMap(({ labels }) => Array.from({ length: count }, (_, i) => labels[i] ?? 0)),
      "int32",
    );
    const heads = model.roi_head.mask_head;
    const masks = heads.map((head) =>
      tf.sigmoid(passes.draw({ maps, weights, present }, head, labels))
    );
    const values = masks.reduce((sum, mask) => sum.add(mask)).div(heads.length).dataSync();
    return boxes.map((boxes, image) =>
      (values as Float32Array).slice(
        image * count * side ** 2,
        (image * count + boxCount(boxes)) * side ** 2,
      )
    );
  });
}

/** Probabilities of the classes of boxes by the mean logits of all stages. */
function softmaxOfMean(
  sums: Float32Array,
  { classes, count }: { classes: number; count: number },
): Float32Array {
  const scores = sums.map((sum) => sum / count);
  for (let start = 0; start < scores.length; start += classes + 1) {
    const row = scores.subarray(start, start + classes + 1);
    const highest = row.reduce((best, score) => Math.max(best, score), -Infinity);
    row.set(row.map((score) => Math.exp(score - highest)));
    const sum = row.reduce((sum, score) => sum + score, 0);
    row.set(row.map((score) => score / sum));
  }
  return scores;
}
