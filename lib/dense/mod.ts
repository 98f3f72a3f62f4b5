/**
 * Dense tasks, in which every place of an image is answered: objects followed through a video,
 * classes told of pixels, objects found with boxes and masks.
 *
 * @module
 */
export * from "./detection/mod.ts";
export { checkFrameSize, firstLabels, type FrameOptions, frameSize, frameTensor } from "./frame.ts";
export { type Grid, neighborhood } from "./neighborhood.ts";
export { collectingNorm, type MapNorm, type MapStatistics, scoringNorm } from "./map_norm.ts";
export { enlarged, paintLabels, stretched } from "./paint_labels.ts";
export {
  type FinePyramid,
  type Pyramid,
  pyramid,
  pyramidBlocks,
  type PyramidMaps,
  pyramidShapes,
} from "./pyramid.ts";
export { type Context, propagate, type Propagated, type PropagateOptions } from "./propagate.ts";
export {
  type PlaceEncoder,
  type TrackedFrame,
  trackObjects,
  type TrackOptions,
  trackSettings,
} from "./track_objects.ts";
export * from "./segmentation/mod.ts";
