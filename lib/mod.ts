/**
 * Mugs in TypeScript: self-supervised pre-training of vision transformers. This module has what a
 * notebook or a program usually needs; the `mod.ts` of each room has the rest.
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
export {
  classifierPresets,
  type Config,
  configureClassifier,
  presetsOf,
  tiny,
  vitSmall100,
} from "./configs/mod.ts";
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
export {
  follow,
  launch,
  type Plan,
  plan,
  type PlannedRun,
  prepareClassifier,
  runClassifier,
  status,
  stop,
} from "./jobs/mod.ts";
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
  classifierSetup,
  colorHistogram,
  compileClassify,
  evaluateClassifier,
  extract,
  type Features,
  features,
  initClassifier,
  knn,
  knnSweep,
  linearProbe,
  localGroupFeatures,
  neighborPurity,
  rawPixels,
  sameImage,
  scoreAll,
  scoreFeatures,
  similar,
  trainClassifier,
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
  showProgress,
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

// The types that these functions take and return.
export type { Checkpoint, Dtype, Located, StoredValues } from "./checkpoint/mod.ts";
export type {
  Backend,
  BackendOptions,
  backends,
  Chosen,
  CompileOptions,
  KindTime,
  Profile,
  TensorType,
} from "./compile/mod.ts";
export type {
  BackboneConfig,
  EvalConfig,
  Field,
  Fields,
  Heading,
  MethodName,
  MugsConfig,
  ObjectiveConfig,
  ReadConfig,
  Recipe,
  recipes,
  Rule,
  RunConfig,
  TeacherConfig,
  TemperatureConfig,
} from "./configs/mod.ts";
export type {
  Batch,
  BatchesConfig,
  BatchesOptions,
  BatchViews,
  EvalBatch,
  EvalBatchesOptions,
  Examples,
  FolderOptions,
  GranulesOptions,
  ImageCounts,
  LoadedBatch,
  Place,
  Sample,
  Skipped,
} from "./datasets/mod.ts";
export type { DecodeOptions, Filter, Region, ResizeOptions } from "./images/mod.ts";
export type { Status, Step } from "./jobs/mod.ts";
export type {
  Join,
  Layout,
  Learned,
  Learner,
  LearnOptions,
  Lesson,
  Losses,
  Masks,
  Method,
  MethodState,
  Network,
  Preparation,
  StepNumbers,
  StepScalars,
  StudentViews,
  TeachOptions,
} from "./methods/mod.ts";
export type {
  BackboneDescription,
  BackboneOptions,
  BackboneSizes,
  Block,
  LoadOptions,
  PatchProjection,
  Recompute,
  ResidualBlock,
  Resnet,
  ResnetEncoder,
  ResnetSizes,
  Stages,
  VitConfig,
  VitEncoderOptions,
  VitSizes,
} from "./models/mod.ts";
export type {
  Attention,
  BatchNorm,
  BatchNormBuffers,
  Conv,
  LayerNorm,
  Linear,
  Mlp,
} from "./nn/mod.ts";
export type { HeadsConfig, MemoryPointer } from "./objectives/mod.ts";
export type {
  Group,
  Length,
  OptimConfig,
  OptimizerState,
  OptimNumbers,
  Span,
} from "./optim/mod.ts";
export type { PaperRow } from "./paper/mod.ts";
export type {
  CompiledStep,
  Course,
  Now,
  PretrainOptions,
  PrototypeImages,
  PrototypeImagesOptions,
  State,
  StoredState,
} from "./pretraining/mod.ts";
export type {
  AccuracyOptions,
  AttendedImage,
  Attentive,
  Chunks,
  Count,
  Evaluation,
  EvalView,
  FeatureOptions,
  FeaturePair,
  KnnOptions,
  LabeledFeatures,
  LevelScores,
  LinearProbeOptions,
  LinearScore,
  MethodScores,
  ProbeOptions,
  QueryImage,
  Remembering,
  SameImage,
  SameImageOptions,
  Score,
  ScoreOptions,
  SimilarImage,
  SimilarOptions,
  SweepOptions,
  SweepScore,
} from "./protocols/mod.ts";
export type { RandomState } from "./random/mod.ts";
export type {
  About,
  Comparison,
  ComparisonOptions,
  CropView,
  CropViews,
  CurvePoint,
  GranularityBarsOptions,
  HealthPanelOptions,
  ImageAttention,
  Kind,
  KnnAccuracyOptions,
  KnnPoint,
  LabeledImage,
  LevelOutcome,
  LiveOptions,
  MeasuredPoint,
  Neighbor,
  Page,
  Picture,
  PictureGridOptions,
  PictureRow,
  ProjectionOptions,
  Row,
  Shown,
  Spread,
  UmapOptions,
} from "./report/mod.ts";
export type { Line, Run } from "./runs/mod.ts";
export type { Device, Executor, NodeTime, Precision, RuntimeConfig } from "./tensorflow/mod.ts";
export type { Fact, FactNumbers, StepFacts } from "./training/mod.ts";
export type {
  CropsConfig,
  Erased,
  ErasingNoise,
  EvalCropOptions,
  FirstName,
  IncreasingName,
  JitterStrength,
  MoveName,
  MoveOptions,
  NewViews,
  Operation,
  operationLists,
  OriginalName,
  RandAugmentOptions,
  SameViews,
  StrongViews,
  View,
  ViewGroup,
  ViewOptions,
  ViewPlan,
  Views,
} from "./transforms/mod.ts";
export type { Named, Shapes } from "./tree/mod.ts";
