import type * as tf from "@tensorflow/tfjs";
import type { Keeping } from "../../nn/mod.ts";
import type { Recompute } from "../../models/mod.ts";
import { collectingNorm, type MapStatistics } from "../map_norm.ts";
import type { Detector } from "./detector.ts";
import { featureMaps } from "./feature_maps.ts";
import { drawRegions, judgeRegions, roiFeatures } from "./roi_heads.ts";
import { proposeOn, rpnLosses, type RpnTargets } from "./rpn.ts";
import type { DetectorSettings } from "./settings.ts";
import { type BoxLosses, boxLosses, maskLoss } from "./stage_losses.ts";
import type { StageTargets } from "./stage_targets.ts";

/** What a detector's backbone needs to be known of. */
export type DetectorPass = Keeping & {
  heads: number;
  /** The blocks whose maps are taken, from 0. */
  blocks: readonly number[];
  /** The grid of patches that the positions are of; by default a square. */
  grid?: readonly [rows: number, columns: number];
  /** Stochastic depth: `[depth, 2, batch]`, from `dropPathMasks`. */
  masks?: tf.Tensor3D;
  /** How a block is run whose insides are too large to be kept for the gradients. */
  recompute?: Recompute;
};

/** What a detector is to say of images. */
export type DetectorTargets = {
  /** Of each level of the pyramid. */
  anchors: RpnTargets[];
  /** By what the losses of anchors are divided. */
  divisor: tf.Scalar;
  stages: StageTargets[];
};

/** All losses of a detector, as they are summed up. */
export type DetectorLosses = {
  /** Of each level of the pyramid. */
  anchors: { score: tf.Scalar; box: tf.Scalar }[];
  /** Of each stage; accuracies are shares. */
  stages: (BoxLosses & { mask: tf.Scalar })[];
  total: tf.Scalar;
};

/** Options of {@linkcode detectorLosses}. */
export type DetectorLossesOptions = DetectorPass & {
  model: Detector;
  settings: Pick<DetectorSettings, "rpn" | "stages" | "boxWeight">;
};

/** The losses of a detector, and the next running statistics by the names of its tensors. */
export function detectorLosses(
  images: tf.Tensor4D,
  targets: DetectorTargets,
  { model, settings, ...pass }: DetectorLossesOptions,
): { losses: DetectorLosses; statistics: MapStatistics } {
  const { norm, statistics } = collectingNorm();
  const maps = featureMaps(images, model, { ...pass, norm });
  const anchors = targets.anchors.map((level, i) => {
    const output = proposeOn(maps[i]!, model.rpn_head);
    const { score, box } = rpnLosses(output, level, settings.rpn.beta);
    return {
      score: score.div<tf.Scalar>(targets.divisor),
      box: box.div<tf.Scalar>(targets.divisor),
    };
  });
  const stages = targets.stages.map(({ boxes, masks }, stage) => {
    const { weight, deviations } = settings.stages[stage]!;
    const { bbox_head, mask_head } = model.roi_head;
    const head = collectingNorm({ present: boxes.present });
    const output = judgeRegions(roiFeatures(maps, boxes.weights), bbox_head[stage]!, {
      norm: head.norm,
      path: `roi_head.bbox_head.${stage}`,
    });
    Object.assign(statistics, head.statistics);
    const { accuracy, ...loss } = boxLosses(output, boxes, deviations);
    const logits = drawRegions(roiFeatures(maps, masks.weights), mask_head[stage]!);
    return {
      class: loss.class.mul<tf.Scalar>(weight),
      box: loss.box.mul<tf.Scalar>(weight * settings.boxWeight),
      mask: maskLoss(logits, masks).mul<tf.Scalar>(weight),
      accuracy,
    };
  });
  const parts = [
    ...anchors.flatMap(({ score, box }) => [score, box]),
    ...stages.flatMap(({ class: name, box, mask }) => [name, box, mask]),
  ];
  const total = parts.reduce((sum, loss) => sum.add(loss));
  return { losses: { anchors, stages, total }, statistics };
}
