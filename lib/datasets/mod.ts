/**
 * Data sets as lists of samples, and the batches that are made of them. {@linkcode openDataset}
 * reads a folder of images in any layout, {@linkcode granules} draws images.
 *
 * @module
 */
export { type Ade20kOptions, openAde20k } from "./ade20k.ts";
export { checkLabeled } from "./labeled_file.ts";
export type { Batch, BatchViews, LoadedBatch } from "./batch.ts";
export { type Examples, examples } from "./examples.ts";
export { type EvalBatch, evalBatches, type EvalBatchesOptions } from "./eval_loader.ts";
export { evenlySpaced } from "./evenly_spaced.ts";
export {
  type GranuleScenes,
  granuleScenes,
  type GranuleScenesOptions,
  type SceneObject,
  type SceneSample,
} from "./granule_scenes.ts";
export { granuleVideos, type GranuleVideosOptions } from "./granule_videos.ts";
export { granules, type GranulesOptions } from "./granules.ts";
export type { MineralSet } from "./granule_species.ts";
export { cifarFolder } from "./cifar.ts";
export { type CocoSample, type CocoSet, cocoTruth, openCoco } from "./coco.ts";
export type { CocoCategory } from "./coco_annotations.ts";
export { isLearnable, learnable, readMarked, readObjects } from "./coco_objects.ts";
export { cocoScenes } from "./coco_scenes.ts";
export {
  type ObjectBatch,
  objectBatches,
  type ObjectBatchesConfig,
  type ObjectBatchesOptions,
  type ObjectTensors,
  objectTensors,
} from "./object_batches.ts";
export {
  type DavisOptions,
  openDavis,
  type Video,
  type VideoFrame,
  type VideoSet,
} from "./davis.ts";
export { imageFolder } from "./image_folder.ts";
export { imageTensor } from "./image_tensor.ts";
export { inspect, type InspectOptions } from "./inspect.ts";
export {
  batches,
  type BatchesConfig,
  type BatchesOptions,
  type BatchShare,
  type Loading,
} from "./loader.ts";
export { type ImageFile } from "./image_file.ts";
export { type Place, stepsPerEpoch } from "./order.ts";
export { openDataset } from "./open_dataset.ts";
export {
  type LabeledBatch,
  labeledBatches,
  type LabeledBatchesConfig,
  type LabeledBatchesOptions,
  type LabeledTensors,
  labeledTensors,
  readLabeled,
} from "./labeled_batches.ts";
export type { LabeledFile, LabelRule } from "./labeled_file.ts";
export type { LabeledSample, LabeledSet } from "./labeled_set.ts";
export { labelShare, type LabelShareOptions } from "./label_share.ts";
export { listed, type ListOptions, readList } from "./listed.ts";
export { type ImageCounts, portion } from "./portion.ts";
export { readable, readAll } from "./read_all.ts";
export {
  type ProcessShare,
  repeatedLength,
  repeatedRows,
  type Repeats,
  sharedRows,
} from "./repeated_rows.ts";
export type { Dataset, Sample, UsualScore } from "./sample.ts";
export { refuseBad, type Skipped } from "./skipped.ts";
export { split, type SplitOptions } from "./splits.ts";
export type { FolderOptions } from "./to_dataset.ts";
export { workersFor, type WorkersOptions } from "./workers.ts";
