/**
 * How well masks fit: the scores of dense tasks, as pure functions.
 *
 * @module
 */
export { boundary, dilate } from "./boundary.ts";
export * from "./coco/mod.ts";
export { contourAccuracy, type ContourOptions, contourRadius } from "./contour_accuracy.ts";
export { checkSizes, maskOf } from "./mask.ts";
export { type OverTime, overTime } from "./over_time.ts";
export { regionSimilarity } from "./region_similarity.ts";
export {
  addConfusion,
  type PixelConfusion,
  type SegmentationScore,
  segmentationScore,
} from "./segmentation.ts";
export { meanOfObjects, type ObjectScore, scoreVideo, type VideoScore } from "./score_video.ts";
