/**
 * How features are made and scored: k-NN, linear probe, and the baselines they are compared with.
 *
 * @module
 */
export { accuracy, type AccuracyOptions } from "./accuracy.ts";
export { type AttendedImage, attendedImages, type Attentive } from "./attended_images.ts";
export { baselines, colorHistogram, rawPixels } from "./baselines.ts";
export {
  checkClassifierParts,
  type CompileClassifierOptions,
  compileClassifierStep,
  type CompiledClassifierStep,
} from "./classifier/compile_step.ts";
export { classifierBatches, type ClassifierBatchesOptions } from "./classifier/batches.ts";
export {
  type ClassifierCourse,
  openClassifier,
  restoreClassifier,
  saveClassifier,
  type StoredClassifier,
} from "./classifier/checkpoint.ts";
export {
  type BatchScore,
  type ClassifiedBatch,
  type ClassifierScore,
  meanScore,
  scoreBatch,
} from "./classifier/classifier_score.ts";
export {
  compileClassify,
  type CompiledClassify,
  evaluateClassifier,
  type EvaluateClassifierOptions,
} from "./classifier/evaluate_classifier.ts";
export { classify, type Head, type MlpHead } from "./classifier/head.ts";
export { classifierLength } from "./classifier/length.ts";
export { mixImages } from "./classifier/mix_images.ts";
export {
  type ClassifierNetwork,
  type ClassifierPass,
  classifyImages,
  classifyInTraining,
} from "./classifier/network.ts";
export { type ClassifierNumbers, classifierSchedule } from "./classifier/schedule.ts";
export { type ClassifierSetup, classifierSetup } from "./classifier/setup.ts";
export {
  classifierShapes,
  type ClassifierState,
  initClassifier,
  toClassifierState,
} from "./classifier/state.ts";
export {
  applyClassifier,
  type ClassifierBatch,
  type ClassifierFacts,
  classifierGradients,
  type ClassifierLayout,
  type ClassifierLesson,
  type ClassifierNow,
  classifierStep,
  type ClassifierStepOptions,
} from "./classifier/step.ts";
export {
  type ClassifierFact,
  classifierNow,
  trainClassifier,
  type TrainClassifierOptions,
} from "./classifier/train_classifier.ts";
export type { RateScore } from "./compare_rates.ts";
export { crossEntropy } from "./cross_entropy.ts";
export { baselineSize, describe, type DescribeOptions } from "./describe.ts";
export { evalSide, type EvalView } from "./eval_view.ts";
export { disposePair, extract, type ExtractOptions, type FeaturePair } from "./extract.ts";
export { type FeatureOptions, features, labelTensors } from "./features.ts";
export {
  type Chunks,
  knn,
  type KnnOptions,
  type Nearest,
  nearest,
  type NearestOptions,
} from "./knn.ts";
export { knnSweep, type SweepOptions, type SweepScore } from "./knn_sweep.ts";
export {
  linearProbe,
  type LinearProbeOptions,
  type LinearScore,
  manyClasses,
  probeLearningRates,
} from "./linear_probe.ts";
export {
  initLinear,
  type LinearColumns,
  linearGrid,
  type LinearRecipe,
} from "./linear/classifiers.ts";
export { linearEmbedding, linearFeatures, type LinearView } from "./linear/linear_features.ts";
export { linearRates, type RateOptions } from "./linear/rates.ts";
export { type BestClassifier, selectClassifier, type Selection } from "./linear/selection.ts";
export { type LinearOptions, type LinearProgress, trainLinear } from "./linear/train.ts";
export { type LinearInput, stepLinear } from "./linear/step.ts";
export { localGroupFeatures, type Remembering } from "./local_group_features.ts";
export { type LabelShareScores, scoreLabelShares } from "./logistic/label_shares.ts";
export { fitLogistic, type FitOptions, type LogisticFit } from "./logistic/fit.ts";
export {
  logistic,
  type LogisticData,
  logisticObjective,
  type LogisticOptions,
  logisticScores,
} from "./logistic/logistic.ts";
export { neighborPurity } from "./neighbor_purity.ts";
export { classAccuracies, type Confusion, confusion, meanPerClass } from "./per_class.ts";
export { probeFeatures } from "./probe_features.ts";
export {
  type ReadOut,
  readOutNames,
  type ReadOutOptions,
  type ReadOuts,
  readOuts,
  selectReadOut,
  type WithMemory,
  withMemory,
} from "./read_outs.ts";
export { type SameImage, sameImage, type SameImageOptions } from "./same_image.ts";
export { atLevel, type Features, type LabeledFeatures, type Score } from "./score.ts";
export { type MethodScores, scoreAll, type ScoreOptions } from "./score_all.ts";
export { type Count, type Evaluation, type LevelScores, scoreFeatures } from "./score_features.ts";
export { type QueryImage, similar, type SimilarImage, type SimilarOptions } from "./similar.ts";
export { type LinearClassifier, type ProbeOptions, trainProbes } from "./train_probes.ts";
