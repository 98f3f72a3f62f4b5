/**
 * Mugs: self-supervised pre-training of vision transformers at three granularities, in TypeScript. The front door: what a
 * notebook or a program needs. Each room's `mod.ts` has the rest, and each name is told where it is defined.
 *
 * @example Train for two epochs and score the features
 * ```ts
 * import { granules, pretrain, tiny, use } from "mugs";
 *
 * await use("tensorflow");
 * const data = granules({ train: 512, test: 128 });
 * const facts = pretrain(data.train, { ...tiny, epochs: 2 });
 * for await (const { step, losses } of facts) console.log(step, losses.total);
 * ```
 *
 * @module
 */
export {
  compile,
  type Compiled,
  explain,
  type Explanation,
  use,
  useFastest,
} from "./compile/mod.ts";
export { type Config, presetsOf, tiny, vitSmall100 } from "./configs/mod.ts";
export {
  batches,
  type Dataset,
  evalBatches,
  examples,
  granules,
  imageFolder,
  openDataset,
  portion,
} from "./datasets/mod.ts";
export { decode, encode, type Image } from "./images/mod.ts";
export { follow, launch, type Plan, plan, type PlannedRun, status, stop } from "./jobs/mod.ts";
export { methodOf, methods } from "./methods/mod.ts";
export {
  architectures,
  describeBackbone,
  type Encoder,
  initVit,
  loadEncoder,
  loadVit,
  untrained,
  type Vit,
  type VitEncoder,
  vitEncoder,
} from "./models/mod.ts";
export { imagenet } from "./paper/mod.ts";
export {
  accuracy,
  atLevel,
  attendedImages,
  baselines,
  colorHistogram,
  evaluate,
  extract,
  type Features,
  features,
  knn,
  knnSweep,
  linearProbe,
  localGroupFeatures,
  neighborPurity,
  rawPixels,
  sameImage,
  scoreAll,
  similar,
} from "./protocols/mod.ts";
export { Random } from "./random/mod.ts";
export {
  accuracyAgainstParameters,
  attentionMaps,
  comparisonTable,
  confusionMatrix,
  type Content,
  cropsGrid,
  Display,
  type Figure,
  granularityBars,
  granularityFindings,
  healthPanel,
  htmlPage,
  knnAccuracy,
  type LevelScore,
  live,
  lossCurves,
  measuredRows,
  type Metric,
  neighborRows,
  pictureGrid,
  png,
  projection,
  resultFigures,
  type Scored,
  show,
  svg,
  type Table,
  table,
  umap,
} from "./report/mod.ts";
export {
  initState,
  openState,
  pretrain,
  prototypeImages,
  restoreState,
} from "./pretraining/mod.ts";
export { ProgressBar } from "./training/mod.ts";
export { makeViews } from "./transforms/mod.ts";
export { flatten, map, type Tree } from "./tree/mod.ts";
