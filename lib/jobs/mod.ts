/**
 * Work that tasks and notebooks share: train, score, tables of several seeds, features, conversion;
 * continue runs, launch them in processes of their own, follow and stop them. A job is prepared,
 * which checks everything and writes nothing, and then run; it reports to an observer, and knows no
 * command line.
 *
 * @module
 */
export { type ConfigFile, readConfigFile } from "./config_file.ts";
export {
  type ConfigRequest,
  configure,
  type Origin,
  originOfAll,
  overrideOrigins,
  type ResolvedConfig,
  withArchitecture,
  withImplied,
} from "./configure.ts";
export type { ClassifierParts } from "./classifier_layout.ts";
export {
  type ClassifierEvaluation,
  type ClassifierResult,
  evaluationsIn,
} from "./classifier_result.ts";
export { convert, type ConvertJob, type ConvertRequest, prepareConversion } from "./convert.ts";
export { type Contents, describeWeights } from "./describe_weights.ts";
export { checkFile, checkFolder, type DestinationOptions } from "./destination.ts";
export {
  diagnoseMachine,
  type Diagnosis,
  diagnosisText,
  type Failure,
  type Finding,
  type MachineFacts,
} from "./diagnosis.ts";
export { checkUnfinished, type EarlierRun, importState, openEarlierRun } from "./earlier_run.ts";
export type { FeatureParts } from "./features_csv.ts";
export { evalView, type ViewFields, type ViewRequest } from "./eval_view.ts";
export { evaluate } from "./evaluate.ts";
export type {
  AugmentedProbeRequest,
  DetailedScore,
  Evaluated,
  EvaluatedDetection,
  EvaluatedSegmentation,
  EvaluatedVideo,
  EvaluateRequest,
  FrozenRequest,
  KnnRequest,
  LabelFitRequest,
  LabelProtocolName,
  OneOrMore,
  ProbeRequest,
  ProtocolName,
  TrackRequest,
} from "./evaluate_request.ts";
export { follow, type Step } from "./follow.ts";
export { type ComputeRequest, type InputRequest, type Inputs, openInputs } from "./inputs.ts";
export { intoFolder, type IntoFolderOptions, type StepFact } from "./into_folder.ts";
export { type ChildRequest, launch } from "./launch.ts";
export { clusterIn } from "./cluster_in.ts";
export { followParent } from "./group_environment.ts";
export { type GroupRequest, type LaunchedGroup, launchGroup } from "./launch_group.ts";
export { checkShared } from "./shared_training.ts";
export {
  leaveOut,
  type LeaveOutOptions,
  type LeftOut,
  leftOutLine,
  type UsedData,
} from "./leave_out.ts";
export { examineMachine } from "./machine.ts";
export { defaultObserver } from "./notebook_observer.ts";
export { type Computing, type JobOptions, type Observer, silent } from "./observer.ts";
export type { LoadingSettings, ViewSettings } from "./loading.ts";
export { oneSeed, type SeedWork } from "./one_seed.ts";
export { checkLength, type DataOptions, type LabelRequest, openData } from "./open_data.ts";
export { type Plan, plan, type PlannedRun } from "./plan.ts";
export { type ClassifierPlan, planClassifier, type PlannedClassifier } from "./plan_classifier.ts";
export type { PlannedData } from "./planned_data.ts";
export {
  type ClassifierJob,
  type ClassifierRequest,
  prepareClassifier,
} from "./prepare_classifier.ts";
export {
  type BackboneName,
  comparisonLength,
  type MethodsJob,
  type MethodsRequest,
  prepareMethods,
  smallPresets,
} from "./prepare_methods.ts";
export { prepareTable, type TableJob, type TableRequest } from "./prepare_table.ts";
export { prepareTraining, type TrainingJob, type TrainingRequest } from "./prepare_training.ts";
export { type ReadyOptions, type ReadyStep, readyStep } from "./ready_step.ts";
export { readResumable, type Resumable } from "./resumable.ts";
export { classifierOptions, featuresOptions } from "./request_options.ts";
export type { ObjectRequest } from "./detection_request.ts";
export {
  type DetectionEvaluation,
  type DetectionResult,
  rowsOfDetection,
} from "./detection_result.ts";
export type { DenseRequest } from "./dense_training.ts";
export { type DetectionJob, type DetectionRequest, prepareDetection } from "./prepare_detection.ts";
export { runDetection } from "./run_detection.ts";
export { type ObjectScores, objectText } from "./scoring_objects.ts";
export {
  prepareSegmentation,
  type SegmentationJob,
  type SegmentationRequest,
} from "./prepare_segmentation.ts";
export { runSegmentation } from "./run_segmentation.ts";
export { type PixelScore, pixelText } from "./scoring_pixels.ts";
export type { PixelRequest } from "./segmentation_request.ts";
export {
  rowsOfSegmentation,
  type SegmentationEvaluation,
  type SegmentationResult,
} from "./segmentation_result.ts";
export { runClassifier } from "./run_classifier.ts";
export {
  type ResolvedTraining,
  resolveTraining,
  type TrainRequest,
  type TrainSettings,
} from "./resolve_training.ts";
export { runMethods } from "./run_methods.ts";
export { type ProtocolTableResult, runProtocolTable } from "./run_protocol_table.ts";
export { runTable, type TableResult } from "./run_table.ts";
export { runTraining, type TrainingResult } from "./run_training.ts";
export type { Saving } from "./saving.ts";
export { type FeaturesSource, saveFeatures } from "./save_features.ts";
export {
  prepareScore,
  runScore,
  type ScoreJob,
  type ScoreRequest,
  type ScoreResult,
} from "./score.ts";
export { rowsOfClassifiers, rowsOfFits, rowsOfScores, rowsOfTraining } from "./score_rows.ts";
export { levelOf } from "./level.ts";
export { type AugmentedRequest, linearRequest, refuseSettings } from "./linear_request.ts";
export {
  type LinearJob,
  type LinearRequest,
  type LinearResult,
  prepareLinear,
  runLinear,
} from "./score_linear.ts";
export {
  type LogisticJob,
  logisticLambdas,
  type LogisticRequest,
  type LogisticResult,
  prepareLogistic,
  runLogistic,
} from "./score_logistic.ts";
export {
  type Experiment,
  planSeeds,
  type SeedOptions,
  type SeedPlan,
  type SeedRun,
  type TableProtocol,
} from "./seed_plan.ts";
export { StandardError } from "./standard_error.ts";
export { startBackend, type StartOptions } from "./start_backend.ts";
export { checkExchange, type SharedJobOptions } from "./start_together.ts";
export { type Status, status } from "./status.ts";
export { stop } from "./stop.ts";
export { documents, type SeedResult, tableText } from "./table_result.ts";
export {
  prepareVideo,
  runVideo,
  type ScoredVideo,
  type VideoJob,
  type VideoRequest,
  type VideoResult,
  videoText,
} from "./track_video.ts";
export { train, type TrainedRun } from "./train.ts";
export type { TrainedRequest } from "./trained_request.ts";
export { type Trained, trainRun, type TrainRunOptions } from "./train_run.ts";
export {
  type StateFiles,
  trainIntoFolder,
  type TrainIntoFolderOptions,
} from "./train_into_folder.ts";
export { openWeights, toEncoder, type Weights, withAdvice } from "./weights.ts";
export {
  type FeaturesJob,
  type FeaturesRequest,
  type FeaturesResult,
  prepareFeatures,
  writeFeatures,
} from "./write_features.ts";
export type { TrainedResult } from "./trained_result.ts";
