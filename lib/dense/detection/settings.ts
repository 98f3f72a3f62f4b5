import type { Deviations } from "./box_coder.ts";
import type { AssignOptions } from "./assign_boxes.ts";
import type { AnchorShapes } from "./anchors.ts";
import type { SampleOptions } from "./sample_boxes.ts";

/** Which of all anchors' boxes are proposed. */
export type ProposalSettings = {
  /** The surest of each level, before suppression. */
  before: number;
  /** Boxes of an image, after it. */
  most: number;
  /** Overlap above which the surer of two boxes of a level stays. */
  threshold: number;
};

/** A stage of the cascade. */
export type StageSettings = {
  deviations: Deviations;
  assign: Pick<AssignOptions, "positive" | "negative" | "lowest">;
  /** What its losses are multiplied with. */
  weight: number;
};

/** What of a detector no tensor tells. */
export type DetectorSettings = {
  anchors: AnchorShapes & { strides: readonly number[] };
  /** How anchors are told what to find, and which are learned from. */
  rpn: {
    deviations: Deviations;
    assign: Pick<AssignOptions, "positive" | "negative" | "lowest">;
    sample: SampleOptions;
    /** Pixels by which an anchor may reach out of the image; a negative number for any. */
    border: number;
    /** Where the loss of boxes turns from squares to distances. */
    beta: number;
  };
  proposals: { training: ProposalSettings; scoring: ProposalSettings };
  stages: readonly StageSettings[];
  /** Boxes of an image that each stage learns from. */
  sample: SampleOptions;
  /** What the losses of boxes are multiplied with. */
  boxWeight: number;
  /** Half the side in pixels from which on boxes are looked at on the second map. */
  finest: number;
  /** Rows and columns into which boxes are cut for the heads, and of a drawn mask. */
  boxBins: number;
  maskBins: number;
  maskSide: number;
  /** Which boxes are found in the end, and from where on a pixel belongs to a mask. */
  results: { score: number; threshold: number; most: number; mask: number };
};

const stage = (overlap: number, scale: number, weight: number): StageSettings => ({
  deviations: scale === 3 ? [0.033, 0.033, 0.067, 0.067] : [
    0.1 / scale,
    0.1 / scale,
    0.2 / scale,
    0.2 / scale,
  ],
  assign: { positive: overlap, negative: overlap },
  weight,
});

/**
 * The published settings of Cascade Mask R-CNN on COCO (`cascade_mask_rcnn_vit_fpn.py` of iBOT,
 * with the heads of Mugs' `vit_small_giou_4conv1f_coco_1x.py`).
 */
export const detectorSettings: Readonly<DetectorSettings> = Object.freeze<DetectorSettings>({
  anchors: { scales: [8], ratios: [0.5, 1, 2], strides: [4, 8, 16, 32, 64] },
  rpn: {
    deviations: [1, 1, 1, 1],
    assign: { positive: 0.7, negative: 0.3, lowest: 0.3 },
    sample: { count: 256, positiveShare: 0.5 },
    border: 0,
    beta: 1 / 9,
  },
  proposals: {
    training: { before: 2000, most: 2000, threshold: 0.7 },
    scoring: { before: 1000, most: 1000, threshold: 0.7 },
  },
  stages: [stage(0.5, 1, 1), stage(0.6, 2, 0.5), stage(0.7, 3, 0.25)],
  sample: { count: 512, positiveShare: 0.25 },
  boxWeight: 10,
  finest: 56,
  boxBins: 7,
  maskBins: 14,
  maskSide: 28,
  results: { score: 0.05, threshold: 0.5, most: 100, mask: 0.5 },
});
