export {
  annotated,
  type CocoAnnotation,
  type CocoDetection,
  type CocoKind,
  type CocoObject,
  detected,
  type Segmentation,
  segmentationRle,
} from "./annotation.ts";
export {
  type AreaName,
  type CocoOptions,
  type CocoScores,
  cocoScores,
  type CocoStatistics,
  type CocoTruth,
} from "./average_precision.ts";
export {
  areaRanges,
  type CocoGroup,
  cocoGroup,
  iouThresholds,
  type Matches,
  matchObjects,
} from "./match.ts";
export { boxIou, maskIou } from "./overlap.ts";
export { polygonRle } from "./polygon.ts";
export {
  type Box,
  decodeRle,
  encodeRle,
  mergeRle,
  type Rle,
  rleArea,
  rleBox,
  rleFromText,
  rleOverlap,
  rleToText,
} from "./rle.ts";
