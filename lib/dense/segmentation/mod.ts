/**
 * Semantic segmentation: networks that tell the class of every pixel, and their training.
 *
 * @module
 */
export { type ConvBlock, convBlock, type HeadWalk } from "./conv_block.ts";
export {
  type AuxiliaryHead,
  type HeadDropout,
  isUperNet,
  type LinearSegmenter,
  type PlaceLogits,
  segment,
  type Segmenter,
  type SegmenterPass,
  segmentInTraining,
  segmentPixels,
  type UperNetSegmenter,
} from "./network.ts";
export { IGNORED_LABEL, type PixelDivisor, type PixelLoss, pixelLoss } from "./pixel_loss.ts";
export { classifyPlaces, type PlaceClassifier } from "./place_classifier.ts";
export { slide } from "./slide.ts";
export {
  type BothAxes,
  type SlidingOptions,
  type Window,
  windowCounts,
  windowsOf,
} from "./sliding_window.ts";
export { poolScales, type UperNet, uperNet, type UperNetMaps } from "./upernet.ts";
export {
  openSegmentation,
  restoreSegmentation,
  saveSegmentation,
  type SegmentationCourse,
  type StoredSegmentation,
} from "./checkpoint.ts";
export {
  type CompiledSegmenter,
  compileSegmenter,
  evaluateSegmentation,
  type EvaluateSegmentationOptions,
  predictClasses,
  type PredictOptions,
} from "./evaluate_segmentation.ts";
export { initSegmenter } from "./init_segmenter.ts";
export { type LoadedSegmenter, loadSegmenter } from "./load_segmenter.ts";
export { segmentationLength, segmentationNow, segmentationRate } from "./now.ts";
export {
  segmentationOptimizer,
  type SegmentationSetup,
  segmentationSetup,
  segmenterShapes,
} from "./setup.ts";
export {
  initSegmentation,
  segmentationShapes,
  type SegmentationState,
  toSegmentationState,
} from "./state.ts";
export {
  applySegmentation,
  type CompiledSegmentationStep,
  compileSegmentationStep,
  segmentationGradients,
  type SegmentationLayout,
  type SegmentationLesson,
  type SegmentationNow,
  segmentationStep,
} from "./step.ts";
export {
  type SegmentationFact,
  trainSegmentation,
  type TrainSegmentationOptions,
} from "./train_segmentation.ts";
