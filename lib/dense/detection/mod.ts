/**
 * Detection and instance segmentation: boxes as plain arrays, and Cascade Mask R-CNN.
 *
 * @module
 */
export {
  type AnchorShapes,
  baseAnchors,
  gridAnchors,
  type ImageSize,
  isInside,
  type MapSize,
  validAnchors,
} from "./anchors.ts";
export { assignBoxes, type Assignment, type AssignOptions, withObjects } from "./assign_boxes.ts";
export {
  decodeBoxes,
  type DecodeBoxesOptions,
  type Deviations,
  encodeBoxes,
  greatestGrowth,
} from "./box_coder.ts";
export { decodedBoxes, giouLoss, smoothL1 } from "./box_losses.ts";
export { boxOverlaps, type OverlapKind } from "./box_overlaps.ts";
export { boxCount, type Boxes, type Corners, cornersOf, joinBoxes, selectRows } from "./boxes.ts";
export { cropMask, cropPolygons, drawPolygons, polygonArea } from "./mask_target.ts";
export { atLeast, pasteMask, type SoftMask } from "./paste_mask.ts";
export { roiAlign, type RoiWeights, roiWeights, type RoiWeightsOptions } from "./roi_align.ts";
export { type BinWeights, type RoiBinOptions, roiBins } from "./roi_bins.ts";
export { type RoiLevelOptions, roiLevels } from "./roi_level.ts";
export {
  type Choose,
  chooseFirst,
  chooseRandomly,
  sampleBoxes,
  type Sampled,
  type SampleOptions,
} from "./sample_boxes.ts";
export {
  type DetectedBoxes,
  ranked,
  suppress,
  suppressClasses,
  type SuppressClassesOptions,
  suppressWithin,
} from "./suppress.ts";
