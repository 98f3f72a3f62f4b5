/**
 * Data sets as lists of samples, and the batches that are made of them.
 *
 * @module
 */
export type { Batch } from "./batch.ts";
export type { Skipped } from "./cache.ts";
export { type EvalBatch, evalBatches, type EvalBatchesOptions } from "./eval_loader.ts";
export { granules, type GranulesOptions } from "./granules.ts";
export { imageFolder, type ImageFolderOptions } from "./image_folder.ts";
export { batches, type BatchesConfig, type BatchesOptions } from "./loader.ts";
export { type Place, stepsPerEpoch } from "./order.ts";
export type { Dataset, Sample } from "./sample.ts";
export { split, type SplitOptions } from "./splits.ts";
