/**
 * Mugs in TypeScript: self-supervised pre-training of vision transformers. This module has what a
 * notebook or a program usually needs; the `mod.ts` of each room has the rest.
 *
 * @example Train for two epochs and score the features
 * ```ts
 * import { evaluate, granules, train } from "mugs";
 *
 * const data = granules({ train: 512, test: 128 });
 * const { checkpoint } = await train({ data, epochs: 2 });
 * const { rows } = await evaluate({ protocol: "knn", checkpoint, data });
 * for (const { method, level, knn } of rows) console.log(method, level, knn);
 * ```
 *
 * @module
 */
// `door` checks what a function is called with; its types and its documentation are those of its
// room, which the comment above each export names.

// @ts-types="./compile/mod.ts"
export {
  compile,
  type Compiled,
  explain,
  type Explanation,
  use,
  useFastest,
} from "./door/compile.ts";
export { classifierPresets, linearPresets, tiny, vitSmall100 } from "./configs/mod.ts";
// @ts-types="./configs/mod.ts"
export { type Config, configureClassifier, presetsOf } from "./door/configs.ts";
// @ts-types="./datasets/mod.ts"
export {
  batches,
  type Dataset,
  evalBatches,
  examples,
  granules,
  imageFolder,
  openDataset,
  portion,
} from "./door/datasets.ts";
// @ts-types="./images/mod.ts"
export { decode, encode, type Image } from "./door/images.ts";
// @ts-types="./jobs/mod.ts"
export {
  evaluate,
  evaluationsIn,
  follow,
  launch,
  type Plan,
  plan,
  planClassifier,
  type PlannedClassifier,
  type PlannedRun,
  prepareClassifier,
  prepareFeatures,
  runClassifier,
  saveFeatures,
  status,
  stop,
  train,
  writeFeatures,
} from "./door/jobs.ts";
export { methods } from "./methods/mod.ts";
// @ts-types="./methods/mod.ts"
export { methodOf } from "./door/methods.ts";
export { architectures } from "./models/mod.ts";
// @ts-types="./models/mod.ts"
export {
  describeBackbone,
  type Encoder,
  initVit,
  loadEncoder,
  loadVit,
  untrained,
  type Vit,
  type VitEncoder,
  vitEncoder,
} from "./door/models.ts";
export { imagenet, protocolTables } from "./paper/mod.ts";
// @ts-types="./protocols/mod.ts"
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
  linearGrid,
  linearProbe,
  localGroupFeatures,
  neighborPurity,
  rawPixels,
  sameImage,
  scoreAll,
  scoreFeatures,
  selectClassifier,
  similar,
  trainClassifier,
} from "./door/protocols.ts";
// @ts-types="./random/mod.ts"
export { Random } from "./door/random.ts";
// @ts-types="./runs/mod.ts"
export { Interrupted } from "./door/runs.ts";
// @ts-types="./report/mod.ts"
export {
  accuracyAgainstParameters,
  accuracyLines,
  attentionMaps,
  classifierCurves,
  collapseMeters,
  comparisonTable,
  confusionMatrix,
  type Content,
  cropsGrid,
  Display,
  type Figure,
  gainFindings,
  granularityBars,
  granularityFindings,
  healthPanel,
  htmlPage,
  knnAccuracy,
  type LevelScore,
  live,
  lossCurves,
  measuredRows,
  methodFindings,
  type Metric,
  neighborRows,
  pictureGrid,
  png,
  projection,
  protocolBars,
  type ProtocolRow,
  protocolTable,
  resultFigures,
  type Scored,
  show,
  showProgress,
  svg,
  type Table,
  table,
  umap,
} from "./door/report.ts";
// @ts-types="./pretraining/mod.ts"
export {
  initState,
  openState,
  pretrain,
  prototypeImages,
  restoreState,
  saveState,
} from "./door/pretraining.ts";
// @ts-types="./training/mod.ts"
export { Diverged, ProgressBar } from "./door/training.ts";
// @ts-types="./transforms/mod.ts"
export { makeViews } from "./door/transforms.ts";
// @ts-types="./tree/mod.ts"
export { flatten, map, type Tree } from "./door/tree.ts";

// The types that these functions take and return.
export type { Checkpoint, Dtype, Located, Stored, StoredValues } from "./checkpoint/mod.ts";
export type {
  Backend,
  BackendOptions,
  backends,
  Chosen,
  CompileOptions,
  KindTime,
  Profile,
  TensorType,
  Trace,
} from "./compile/mod.ts";
export type {
  All,
  BackboneConfig,
  ClassifierConfig,
  ClassifierImageConfig,
  ClassifierNetworkConfig,
  ClassifierOptimConfig,
  ClassifierProtocol,
  ClassifierRunConfig,
  ConfigOf,
  EvalConfig,
  Field,
  Fields,
  Heading,
  LinearConfig,
  MethodName,
  MugsConfig,
  ObjectiveConfig,
  ReadConfig,
  Recipe,
  RecipeFields,
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
  ImageFile,
  LoadedBatch,
  Loading,
  MineralSet,
  Place,
  Repeats,
  Sample,
  Skipped,
  UsualScore,
} from "./datasets/mod.ts";
export type { DecodeOptions, Filter, Region, ResizeOptions, SufficientSize } from "./images/mod.ts";
export type {
  ClassifierEvaluation,
  ClassifierJob,
  ClassifierParts,
  ClassifierPlan,
  ClassifierRequest,
  ClassifierResult,
  ComputeRequest,
  Computing,
  DetailedScore,
  Evaluated,
  EvaluateRequest,
  evalView,
  FeatureParts,
  FeaturesJob,
  FeaturesRequest,
  FeaturesResult,
  FeaturesSource,
  FrozenRequest,
  InputRequest,
  Inputs,
  JobOptions,
  LabelFitRequest,
  LabelRequest,
  LeftOut,
  LoadingSettings,
  LogisticRequest,
  Observer,
  OneOrMore,
  PlannedData,
  ProtocolName,
  Saving,
  ScoreRequest,
  Status,
  Step,
  Trained,
  TrainedRequest,
  TrainedRun,
  TrainingResult,
  TrainRequest,
  TrainSettings,
  ViewFields,
  ViewRequest,
  ViewSettings,
  Weights,
} from "./jobs/mod.ts";
export type {
  BetweenEpochs,
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
  Survey,
  Surveyed,
  TeachOptions,
} from "./methods/mod.ts";
export type {
  Backbone,
  BackboneDescription,
  BackboneOptions,
  BackboneSizes,
  Block,
  LastBlocks,
  LoadOptions,
  LocatedBackbone,
  LocatedTensors,
  PatchProjection,
  Recompute,
  ResidualBlock,
  Resnet,
  ResnetEncoder,
  ResnetSizes,
  ResnetTraits,
  Stages,
  StoredBackbone,
  VitConfig,
  VitEncoderOptions,
  VitSizes,
} from "./models/mod.ts";
export type {
  Attention,
  BatchNorm,
  BatchNormBuffers,
  Conv,
  Keeping,
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
export type {
  PaperRow,
  ProtocolTable,
  PublishedRow,
  SourceName,
  TableName,
  tableNames,
} from "./paper/mod.ts";
export type {
  CompiledStep,
  Course,
  MoveLayout,
  Now,
  PassLayout,
  PretrainOptions,
  PrototypeImages,
  PrototypeImagesOptions,
  State,
  StepLayout,
  StoredState,
} from "./pretraining/mod.ts";
export type {
  AccuracyOptions,
  AttendedImage,
  Attentive,
  BestClassifier,
  Chunks,
  ClassifierBatch,
  ClassifierFact,
  ClassifierFacts,
  ClassifierLayout,
  ClassifierNetwork,
  ClassifierNow,
  ClassifierScore,
  ClassifierSetup,
  ClassifierState,
  CompiledClassifierStep,
  CompiledClassify,
  Count,
  EvaluateClassifierOptions,
  Evaluation,
  EvalView,
  FeatureOptions,
  FeaturePair,
  Head,
  KnnOptions,
  LabeledFeatures,
  LevelScores,
  LinearColumns,
  LinearOptions,
  LinearProbeOptions,
  LinearProgress,
  LinearRecipe,
  LinearScore,
  MethodScores,
  MlpHead,
  ProbeOptions,
  QueryImage,
  Remembering,
  SameImage,
  SameImageOptions,
  Score,
  ScoreOptions,
  Selection,
  SimilarImage,
  SimilarOptions,
  SweepOptions,
  SweepScore,
  TrainClassifierOptions,
} from "./protocols/mod.ts";
export type { RandomState } from "./random/mod.ts";
export type {
  About,
  AccuracyLinesOptions,
  AccuracyPoint,
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
  MethodFindingsOptions,
  MethodRun,
  Neighbor,
  Page,
  Picture,
  PictureGridOptions,
  PictureRow,
  Progress,
  ProjectionOptions,
  Row,
  Shown,
  ShowProgressOptions,
  Spread,
  TableOptions,
  TrainingCosts,
  UmapOptions,
} from "./report/mod.ts";
export type { Line, Run } from "./runs/mod.ts";
export type {
  CompilerReports,
  Device,
  Executor,
  NodeTime,
  Precision,
  RuntimeConfig,
} from "./tensorflow/mod.ts";
export type { Fact, FactNumbers, StepFacts } from "./training/mod.ts";
export type {
  Adjustment,
  CropsConfig,
  Erased,
  ErasingNoise,
  EvalCropOptions,
  FirstName,
  IncreasingName,
  JigsawViews,
  JitterStrength,
  LazyImage,
  MaskedViews,
  MaskPlan,
  MoveName,
  MoveOptions,
  NewViews,
  Operation,
  operationLists,
  OriginalName,
  PatchMask,
  PhotometricChange,
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
