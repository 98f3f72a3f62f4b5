import * as tf from "@tensorflow/tfjs";
import { type AnchorLevel, anchorLevels } from "./anchor_levels.ts";
import type { ImageSize } from "./anchors.ts";
import type { Detector } from "./detector.ts";
import type { DetectorTargets } from "./detector_losses.ts";
import type { DetectorPasses } from "./detector_passes.ts";
import { type LevelScores, type Proposals, proposals } from "./proposals.ts";
import type { PyramidPlan } from "./pyramid_weights.ts";
import type { BoxOutput } from "./roi_heads.ts";
import type { RpnOutput } from "./rpn.ts";
import { rpnTargets } from "./rpn_targets.ts";
import type { Choose } from "./sample_boxes.ts";
import type { DetectorSettings, ProposalSettings } from "./settings.ts";
import { type ImageOutput, refinedSample, sampleStage, type StageSample } from "./stage_sample.ts";
import { type MaskedObjects, stageTargets } from "./stage_targets.ts";

/** An image as a detector learns from it: its objects, and its size without what pads it. */
export type TrainingImage = MaskedObjects & { size: ImageSize };

/** Options of {@linkcode detectorTargets}. */
export type DetectorTargetsOptions = {
  model: Detector;
  passes: DetectorPasses;
  settings: DetectorSettings;
  classes: number;
  /** How boxes are chosen from which is learned. */
  choose: Choose;
  /** Stochastic depth. */
  masks?: tf.Tensor3D;
};

/** What a detector is to say of images, and how it was found out. */
export type TargetPlan = {
  targets: DetectorTargets;
  /** Of each image. */
  proposals: Proposals[];
  /** Of each stage and image. */
  samples: StageSample[][];
};

/**
 * What a detector is to say of images: it is run once without gradients, and between its parts
 * boxes are told what to find, and are moved from stage to stage. Call it within a `tidy`.
 *
 * @param images `[images, height, width, 3]`, whose sides are multiples of 32 pixels.
 */
export function detectorTargets(
  images: tf.Tensor4D,
  objects: readonly TrainingImage[],
  { model, passes, settings, classes, choose, masks }: DetectorTargetsOptions,
): TargetPlan {
  const [, height, width] = images.shape;
  const levels = anchorLevels([height, width], settings.anchors);
  const { maps, outputs } = passes.propose(images, model, masks);
  const { levels: anchors, divisor } = rpnTargets(levels, objects, {
    rpn: settings.rpn,
    choose,
  });
  const ofImages = proposedBoxes(levels, outputs, {
    ...{ sizes: objects.map(({ size }) => size), settings },
    proposal: settings.proposals.training,
  });
  const plan = pyramidPlan(levels, settings);
  const targets: DetectorTargets = { anchors, divisor: tf.scalar(divisor), stages: [] };
  const samples: StageSample[][] = [];
  let boxes = ofImages.map(({ boxes }) => boxes);
  for (const [stage, { assign, deviations }] of settings.stages.entries()) {
    const { sample } = settings;
    const stageSamples = objects.map((image, i) =>
      sampleStage(boxes[i]!, image, { assign, sample, classes, choose })
    );
    const stageOf = stageTargets(stageSamples, objects, { plan, settings, classes });
    targets.stages.push(stageOf);
    samples.push(stageSamples);
    if (stage === settings.stages.length - 1) break;
    const { weights, present } = stageOf.boxes;
    const head = model.roi_head.bbox_head[stage]!;
    const judgments = outputsByImage(passes.judge({ maps, weights, present }, head), stageSamples);
    boxes = stageSamples.map((sample, i) =>
      refinedSample(sample, judgments[i]!, { deviations, classes, size: objects[i]!.size })
    );
  }
  return { targets, proposals: ofImages, samples };
}

/** The maps on which regions are looked at: all but the last, from which boxes are proposed only. */
export function pyramidPlan(
  levels: readonly AnchorLevel[],
  { finest }: Pick<DetectorSettings, "finest">,
): PyramidPlan {
  return { maps: levels.slice(0, -1), finest };
}

/** Options of {@linkcode proposedBoxes}. */
export type ProposedBoxesOptions = {
  sizes: readonly ImageSize[];
  settings: Pick<DetectorSettings, "rpn">;
  proposal: ProposalSettings;
};

/** The boxes that are proposed in each image. */
export function proposedBoxes(
  levels: readonly AnchorLevel[],
  outputs: readonly RpnOutput[],
  { sizes, settings: { rpn: { deviations } }, proposal }: ProposedBoxesOptions,
): Proposals[] {
  const values = outputs.map(({ scores, deltas }) => ({
    scores: scores.dataSync() as Float32Array,
    deltas: deltas.dataSync() as Float32Array,
  }));
  return sizes.map((size, image) => {
    const ofImage = values.map(({ scores, deltas }): LevelScores => ({
      scores: partOf(scores, image, sizes.length),
      deltas: partOf(deltas, image, sizes.length),
    }));
    return proposals(levels, ofImage, { ...proposal, size, deviations });
  });
}

/** What was said of the boxes of each image, without what fills up. */
export function outputsByImage(
  { scores, deltas }: BoxOutput,
  images: readonly { boxes: Float32Array }[],
): ImageOutput[] {
  const values = [scores, deltas].map((tensor) => tensor.dataSync() as Float32Array);
  return images.map(({ boxes }, image) => {
    const [ofScores, ofDeltas] = [scores, deltas].map((tensor, i) => {
      const part = partOf(values[i]!, image, images.length);
      return part.subarray(0, boxes.length / 4 * tensor.shape[1]!);
    });
    return { scores: ofScores!, deltas: ofDeltas! };
  });
}

/** The part of an image in values of several, of which each has as many. */
function partOf(values: Float32Array, image: number, images: number): Float32Array {
  const each = values.length / images;
  return values.subarray(image * each, (image + 1) * each);
}
