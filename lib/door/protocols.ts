import type {
  AccuracyOptions,
  DescribeOptions,
  EvaluateClassifierOptions,
  Evaluation,
  EvalView,
  ExtractOptions,
  FeatureOptions,
  KnnOptions,
  LabelShareScores,
  LinearOptions,
  LinearProbeOptions,
  SameImageOptions,
  ScoreOptions,
  SimilarOptions,
  SweepOptions,
  TrainClassifierOptions,
} from "../protocols/mod.ts";
import * as protocolsRoom from "../protocols/mod.ts";
import { guarded, options } from "./guard.ts";
import { choice, either, integer, kind, listOf, number, plain, thing } from "./kind.ts";
import {
  callback,
  configNames,
  dataset,
  encoder,
  evalCrop,
  features as wholeFeatures,
  flag,
  image,
  labeledFeatures,
  labels,
  loading,
  numbers,
  precision,
  processes,
  samples,
  text,
} from "./things.ts";

const evalSize = either(
  integer(1),
  kind("null for the image size", (value) => value === null),
);
const view = { imageSize: integer(1), evalSize, evalCrop } as const;
const viewOptions = options<EvalView>(view, {
  needs: ["imageSize", "evalCrop"],
  beside: configNames,
});
const seed = integer(0);
const sweep = { ks: numbers, temperatures: numbers, perClass: flag, processes } as const;
const evaluation = {
  k: null,
  temperature: null,
  seed,
  protocol: choice("knn", "linear"),
  sweep: thing("an object of `ks` and `temperatures`"),
  perClass: flag,
  largestProbe: number(0),
  processes,
  onProgress: callback,
} as const;
const setup = thing("the setup of a classifier, such as `classifierSetup` makes", {
  config: "object",
  backbone: "object",
  classes: "number",
});

const featurePair = thing("features of both parts, such as `extract` makes", {
  train: "object",
  test: "object",
});

export const {
  accuracy,
  atLevel,
  attendedImages,
  baselines,
  classifierSetup,
  colorHistogram,
  compileClassify,
  evaluateClassifier,
  extract,
  features,
  initClassifier,
  knn,
  knnSweep,
  linearProbe,
  linearGrid,
  localGroupFeatures,
  neighborPurity,
  rawPixels,
  sameImage,
  scoreAll,
  scoreFeatures,
  scoreLabelShares,
  selectClassifier,
  similar,
  trainClassifier,
  trainLinear,
} = guarded(protocolsRoom, {
  accuracy: {
    scores: null,
    labels,
    "options?": options<AccuracyOptions>({ floor: number(), perClass: flag }),
  },
  atLevel: { features: wholeFeatures, level: text },
  attendedImages: {
    encoder: thing("an encoder with attention, such as `loadVit` opens", {
      attention: "function",
    }),
    samples,
    view: viewOptions,
  },
  baselines: {
    data: dataset,
    options: options<Omit<DescribeOptions, "classes">>(
      { evalCrop, onProgress: callback, processes },
      { needs: ["evalCrop"], beside: configNames },
    ),
  },
  classifierSetup: {
    config: thing("the recipe of a classifier, such as `configureClassifier` makes", {
      protocol: "text",
    }),
    sizes: thing("the sizes of a network, such as a configuration's", { width: "number" }),
    classes: integer(1),
  },
  colorHistogram: { image },
  compileClassify: { setup, "options?": options<{ precision?: string }>({ precision }) },
  evaluateClassifier: {
    samples,
    model: thing("a network with a head, such as `initClassifier` makes", {
      backbone: "object",
      head: "object",
    }),
    options: options<EvaluateClassifierOptions>({
      setup,
      level: text,
      classified: plain("function", "a function that `compileClassify` made"),
      perClass: flag,
    }, { needs: ["setup", "level", "classified"] }),
  },
  extract: {
    data: dataset,
    encoder,
    view: options<ExtractOptions>(
      { ...view, onProgress: callback, processes },
      { needs: ["imageSize", "evalCrop"], beside: configNames },
    ),
  },
  features: {
    embed: plain("function", "the function `embed` of an encoder"),
    samples,
    options: options<FeatureOptions>({
      size: integer(1),
      evalCrop,
      batchSize: integer(1),
      classes: thing("the names of the classes by level, such as a data set's `classes`"),
      onProgress: callback,
      processes,
    }, { needs: ["size", "evalCrop", "classes"] }),
  },
  initClassifier: { setup, "backbone?": thing("the parameters of a backbone") },
  knn: {
    train: labeledFeatures,
    queries: null,
    "options?": options<KnnOptions>({
      k: null,
      temperature: null,
      chunks: thing("numbers of images at a time, `{ queries, train }`"),
      processes,
    }),
  },
  knnSweep: {
    train: labeledFeatures,
    test: labeledFeatures,
    "options?": options<SweepOptions>(sweep),
  },
  linearProbe: {
    train: labeledFeatures,
    test: labeledFeatures,
    "options?": options<LinearProbeOptions>({
      epochs: null,
      batchSize: null,
      seed,
      onPass: callback,
      learningRates: numbers,
      heldOut: null,
      choiceEpochs: null,
      perClass: flag,
      processes,
    }),
  },
  linearGrid: {
    config: thing("the recipe of linear classifiers, such as one of `linearPresets`", {
      learningRates: "list",
      weightDecays: "list",
      optimizers: "list",
    }),
  },
  localGroupFeatures: {
    data: dataset,
    encoder: thing("an encoder of a run of Mugs, such as `loadVit` opens", {
      memoryRows: "function",
      memoryQueries: "function",
    }),
    view: viewOptions,
  },
  neighborPurity: { x: null, labels, "options?": options<{ k?: number }>({ k: null }) },
  rawPixels: { image },
  sameImage: {
    samples,
    encoder,
    options: options<Pick<SameImageOptions, "seed" | "k" | "rows" | "globalSize" | "globalScale">>(
      { seed, k: integer(1), rows: integer(1), globalSize: integer(1), globalScale: numbers },
      { needs: ["globalSize", "globalScale"], beside: configNames },
    ),
  },
  scoreAll: {
    data: dataset,
    encoders: listOf(encoder, "a list of encoders, such as `[loadEncoder(path)]`"),
    options: options<ScoreOptions>({ ...view, ...evaluation, baselines: flag }, {
      needs: ["imageSize", "evalCrop"],
      beside: configNames,
    }),
  },
  scoreFeatures: {
    train: wholeFeatures,
    test: wholeFeatures,
    "options?": options<Evaluation>(evaluation, { beside: configNames }),
  },
  scoreLabelShares: {
    data: dataset,
    features: featurePair,
    options: options<LabelShareScores>(
      { shares: numbers, lambdas: numbers, level: text, seed },
      { needs: ["shares", "lambdas", "level", "seed"] },
    ),
  },
  selectClassifier: {
    epochs: listOf(numbers, "a list of the accuracies of all classifiers after each epoch"),
    recipes: listOf(
      thing("a recipe", { rate: "number" }),
      "the recipes of the classifiers, such as `linearGrid` makes",
    ),
  },
  similar: {
    data: dataset,
    features: featurePair,
    "options?": options<SimilarOptions>({
      level: text,
      queries: either(integer(1), numbers),
      k: integer(1),
    }),
  },
  trainClassifier: {
    samples,
    setup,
    options: options<TrainClassifierOptions>({
      level: text,
      state: thing("a state, such as `initClassifier` makes"),
      passedOver: integer(0),
      step: plain("function", "a compiled step"),
      ...loading,
    }, { needs: ["level"] }),
  },
  trainLinear: {
    data: dataset,
    encoder,
    options: options<LinearOptions>({
      ...view,
      config: thing("the recipe of linear classifiers, such as one of `linearPresets`"),
      level: text,
      seed,
      perClass: flag,
      from: null,
      onProgress: callback,
    }, { needs: ["imageSize", "evalCrop", "config", "level"], beside: configNames }),
  },
}, { computing: ["baselines", "initClassifier", "trainClassifier"] });
