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
export { type SlidingOptions, type Window, windowCounts, windowsOf } from "./sliding_window.ts";
export { poolScales, type UperNet, uperNet, type UperNetMaps } from "./upernet.ts";
