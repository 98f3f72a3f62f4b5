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
export {
  roiAlign,
  type RoiAlignOptions,
  type RoiWeights,
  roiWeights,
  type RoiWeightsOptions,
} from "./roi_align.ts";
export { type BinWeights, type RoiBinOptions, roiBins } from "./roi_bins.ts";
export { type RoiLevelOptions, roiLevels } from "./roi_level.ts";
export {
  type BoxSample,
  type Choose,
  chooseFirst,
  chooseRandomly,
  sampleBoxes,
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
export { type AnchorLevel, anchorLevels, anchorsInside, SIZE_STEP } from "./anchor_levels.ts";
export { detect, type DetectedObjects, type DetectOptions, objectMasks } from "./detect.ts";
export type { Detector } from "./detector.ts";
export {
  type DetectorLosses,
  detectorLosses,
  type DetectorLossesOptions,
  type DetectorPass,
  type DetectorTargets,
} from "./detector_losses.ts";
export {
  compileDetectorPasses,
  type DetectorPasses,
  detectorPasses,
  type DetectorPassesOptions,
  type RegionInput,
} from "./detector_passes.ts";
export {
  detectorTargets,
  type DetectorTargetsOptions,
  type TargetPlan,
  type TrainingImage,
} from "./detector_targets.ts";
export {
  type ConvModule,
  type DetectorBackbone,
  featureMaps,
  type FeatureMapsOptions,
  type Neck,
  neckMaps,
} from "./feature_maps.ts";
export { type LevelScores, type Proposals, proposals, type ProposalsOptions } from "./proposals.ts";
export { type PyramidPlan, pyramidWeights } from "./pyramid_weights.ts";
export {
  type BoxHead,
  type BoxOutput,
  drawRegions,
  judgeRegions,
  type MaskHead,
  ofClass,
  roiFeatures,
} from "./roi_heads.ts";
export { proposeOn, type RpnHead, rpnLosses, type RpnOutput, type RpnTargets } from "./rpn.ts";
export { rpnTargets, type TruthBoxes } from "./rpn_targets.ts";
export {
  type DetectorSettings,
  detectorSettings,
  type ProposalSettings,
  type StageSettings,
} from "./settings.ts";
export { type BoxLosses, boxLosses, maskLoss } from "./stage_losses.ts";
export {
  type ImageOutput,
  likeliest,
  refineBoxes,
  refinedSample,
  type RefineOptions,
  sampleStage,
  type SampleStageOptions,
  type StageSample,
  type TruthObjects,
} from "./stage_sample.ts";
export {
  type MaskedObjects,
  type StageTargets,
  stageTargets,
  type StageTargetsOptions,
} from "./stage_targets.ts";
export {
  type DetectionCourse,
  openDetection,
  restoreDetection,
  saveDetection,
  type StoredDetection,
} from "./detection_checkpoint.ts";
export {
  detectionShapes,
  type DetectionState,
  initDetection,
  toDetectionState,
} from "./detection_state.ts";
export {
  type CompiledDetectionStep,
  compileDetectionStep,
  type DetectionBatch,
  detectionGradients,
  type DetectionLayout,
  type DetectionLesson,
  type DetectionNow,
} from "./detection_step.ts";
export {
  type DetectionScores,
  evaluateDetection,
  type EvaluateDetectionOptions,
  findObjects,
  type FindOptions,
} from "./evaluate_detector.ts";
export { type ImageObject, loadDetector, type LoadedDetector } from "./load_detector.ts";
export { initDetector } from "./init_detector.ts";
export {
  detectionOptimizer,
  type DetectionSetup,
  detectionSetup,
  detectorShapes,
  learnedOf,
  passOf,
  settingsOf,
} from "./setup.ts";
export {
  type DetectionFact,
  detectionLength,
  detectionNow,
  detectionRate,
  objectViewPlan,
  trainDetection,
  type TrainDetectionOptions,
} from "./train_detector.ts";
