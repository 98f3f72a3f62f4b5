import type {
  About,
  AccuracyLinesOptions,
  ComparisonOptions,
  GranularityBarsOptions,
  HealthPanelOptions,
  KnnAccuracyOptions,
  LiveOptions,
  MarkedFramesOptions,
  Measure,
  MethodFindingsOptions,
  Page,
  PictureGridOptions,
  ProjectionOptions,
  ShowProgressOptions,
  UmapOptions,
} from "../report/mod.ts";
import * as reportRoom from "../report/mod.ts";
import { guarded, options } from "./guard.ts";
import { choice, either, integer, type Kind, kind, listOf, number, plain, thing } from "./kind.ts";
import { callback, flag, image, mask, names, numbers, text } from "./things.ts";

const title = text;
const titleOnly = options<{ title?: string }>({ title });
const figure = thing("a figure, such as `lossCurves` draws", { data: "list", layout: "object" });
const wholeTable = thing("a table, such as `table` makes", { head: "list", rows: "list" });
const paper = listOf(
  thing("a row", { method: "text", arch: "text" }),
  "published rows, such as `imagenet`",
);
const measured = listOf(
  thing("a row", { method: "text", data: "text" }),
  "measured rows, such as the `rows` of `evaluate`",
);
const protocolRows = listOf(
  thing("a row", { method: "text", column: "text", value: "number" }),
  "rows of a protocol, such as the `rows` of `evaluate`",
);
const metrics = listOf(
  thing("the numbers of a step"),
  "the numbers of a run's steps, such as its `curve`",
);
const levelScores = listOf(
  thing("a score", { method: "text", level: "text", scores: "list" }),
  "a list of scores, `{ method, level, scores }` each",
);
const studyRows = listOf(
  thing("a row", { cell: "text", scores: "list" }),
  "rows of a study, such as `readStudy` reads",
);
const scoring = choice("k-NN", "linear probe", "retrieval");
const measure = options<Measure>(
  { readOut: text, protocol: scoring, level: text, data: text },
  { needs: ["level"] },
);
const measureOfAll = options<Omit<Measure, "level">>(
  { readOut: text, protocol: scoring, data: text },
);
const labels = plain("list", "a list of numbers of classes");
const display = thing("a display, such as `new Display()`", { show: "function" });
const labeledImages = listOf(
  thing("an image with its label", { image: "object", label: "text" }),
  "a list of images with labels, such as `similar` returns",
);
const content: Kind = {
  is: "a figure, a table or a text",
  fault: (value) => figure.fault(value) && wholeTable.fault(value) && text.fault(value),
};

const accuracyOptions = options<AccuracyLinesOptions>({
  title,
  along: text,
  logarithmic: thing("the unit of the axis, `{ unit }`", { unit: "text" }),
  images: integer(1),
  chance: number(0, 100),
});

export const {
  accuracyAgainstParameters,
  accuracyLines,
  attentionMaps,
  budgetCurves,
  classifierCurves,
  collapseMeters,
  combinationPanels,
  comparisonTable,
  confusionMatrix,
  cropsGrid,
  Display,
  effectTable,
  gainFindings,
  granularityBars,
  healthPanel,
  htmlPage,
  knnAccuracy,
  linearCurves,
  live,
  lossCurves,
  markedFrames,
  markObjects,
  measuredRows,
  methodFindings,
  neighborRows,
  overlay,
  pictureGrid,
  png,
  projection,
  protocolBars,
  protocolTable,
  resultFigures,
  scoresOverTime,
  detectionCurves,
  segmentationCurves,
  show,
  showProgress,
  studyFindings,
  svg,
  table,
  umap,
  variationTable,
  weightTriangle,
} = guarded(reportRoom, {
  accuracyAgainstParameters: { paper, "ours?": measured, "options?": titleOnly },
  accuracyLines: {
    points: listOf(
      thing("a point", { method: "text", x: "number", top1: "number" }),
      "a list of accuracies, `{ method, x, top1 }` each",
    ),
    "options?": accuracyOptions,
  },
  attentionMaps: {
    samples: listOf(
      thing("an image with its attention", { image: "object", attention: "list" }),
      "a list of images with attention, such as `attendedImages` makes",
    ),
    "options?": titleOnly,
  },
  budgetCurves: { rows: studyRows, measure },
  classifierCurves: { metrics, "options?": titleOnly },
  collapseMeters: {
    runs: listOf(
      thing("a run", { method: "text", metrics: "list" }),
      "a list of runs, `{ method, metrics }` each",
    ),
    "options?": titleOnly,
  },
  combinationPanels: { rows: studyRows, "options?": titleOnly },
  comparisonTable: {
    comparisons: listOf(
      thing("a comparison", { what: "text" }),
      "a list of comparisons, `{ what, paper, ours }` each",
    ),
    "options?": options<ComparisonOptions>({
      title,
      notes: text,
      unit: text,
      digits: integer(0, 20),
      data: thing("the names of both data sets, `{ paper, ours }`"),
    }),
  },
  confusionMatrix: {
    labels,
    predictions: labels,
    options: options<{ classes: readonly string[]; title?: string }>(
      { classes: names, title },
      { needs: ["classes"] },
    ),
  },
  cropsGrid: {
    image,
    groups: thing("groups of views, such as `makeViews` makes"),
    "options?": titleOnly,
  },
  Display: {
    "kernel?": either(
      thing("a kernel of Jupyter", { broadcast: "function" }),
      kind("null for a terminal", (value) => value === null),
    ),
  },
  effectTable: { rows: studyRows, "measure?": measureOfAll },
  gainFindings: { rows: protocolRows, baseline: text },
  granularityBars: {
    entries: levelScores,
    "options?": options<GranularityBarsOptions>({ title, score: text, panels: flag }),
  },
  healthPanel: {
    metrics,
    "options?": options<HealthPanelOptions>({
      title,
      purity: plain("list", "a list of `{ epoch, neighborPurity }`"),
    }),
  },
  htmlPage: {
    page: options<Page>({
      title,
      figures: listOf(figure, "a list of figures"),
      remarks: names,
      table: wholeTable,
    }, { needs: ["title"] }),
  },
  knnAccuracy: {
    scores: listOf(
      thing("a score of k-NN", { k: "number", temperature: "number", top1: "number" }),
      "a list of scores, such as `knnSweep` returns",
    ),
    "options?": options<KnnAccuracyOptions>({ title, images: integer(1) }),
  },
  linearCurves: {
    epochs: plain("list", "a list of the scores of all classifiers after each epoch"),
    learningRates: numbers,
    "options?": accuracyOptions,
  },
  live: {
    values: kind(
      "what comes one after the other, such as the steps of `follow`",
      (value) => typeof value === "object" && value !== null && Symbol.asyncIterator in value,
    ),
    draw: callback,
    "options?": options<LiveOptions>({ seconds: number(0), display }),
  },
  lossCurves: { metrics, "options?": titleOnly },
  markedFrames: {
    images: listOf(image, "a list of the frames of a video"),
    rows: thing("the labels of the frames by row, `{ found: masks }`"),
    "options?": options<MarkedFramesOptions>({ title, count: integer(1) }),
  },
  markObjects: {
    image,
    objects: listOf(
      thing("an object, `{ box, mask }`", { box: "list" }),
      "a list of the objects in the image",
    ),
  },
  measuredRows: {
    scored: listOf(
      thing("the scores of a method", { method: "text", scores: "list" }),
      "the scores of all methods, such as `scoreAll` returns",
    ),
    about: options<About>({
      data: text,
      levels: integer(1),
      config: thing("the configuration, `{ preset, seed }`"),
      network: thing("the network, such as `describeBackbone` describes it"),
      trained: null,
    }, { needs: ["config", "network"] }),
  },
  methodFindings: {
    entries: levelScores,
    options: options<MethodFindingsOptions>(
      { images: integer(1), baselines: names },
      { needs: ["images"] },
    ),
  },
  neighborRows: {
    queries: labeledImages,
    neighbors: listOf(labeledImages, "a list of neighbors for each of them"),
    "options?": options<{ title?: string; kind?: string }>({ title, kind: text }),
  },
  overlay: { image, mask },
  pictureGrid: {
    rows: listOf(
      thing("a row", { label: "text", pictures: "list" }),
      "a list of rows, `{ label, pictures }` each",
    ),
    options: options<PictureGridOptions>({
      title,
      cell: integer(1),
      head: names,
      marks: thing("the words for both marks, `{ right, wrong }`"),
    }, { needs: ["title"] }),
  },
  png: { figure, "options?": options<{ scale?: number }>({ scale: number(0.01, 100) }) },
  projection: {
    points: listOf(numbers, "a list of points, such as `umap` returns"),
    labels,
    options: options<ProjectionOptions>(
      { classes: names, title, count: integer(1) },
      { needs: ["classes"] },
    ),
  },
  protocolBars: {
    rows: protocolRows,
    "options?": options<
      { title?: string; score?: string; chance?: Readonly<Record<string, number>> }
    >({
      title,
      score: text,
      chance: thing("the accuracy of a guess by column"),
    }),
  },
  protocolTable: {
    table: thing("the published results of a protocol, such as one of `protocolTables`", {
      columns: "list",
      rows: "list",
    }),
    measured: protocolRows,
  },
  resultFigures: { paper, measured, "curve?": metrics },
  scoresOverTime: {
    objects: listOf(
      thing("the scores of an object", { object: "number", frames: "object" }),
      "a list of the scores of objects, such as the `objects` of a video",
    ),
    "options?": titleOnly,
  },
  detectionCurves: { metrics, "options?": titleOnly },
  segmentationCurves: { metrics, "options?": titleOnly },
  show: { content },
  showProgress: { "options?": options<ShowProgressOptions>({ seconds: number(0), display }) },
  svg: { figure },
  table: { paper, measured },
  umap: {
    rows: listOf(numbers, "a list of features, a list of numbers each"),
    "options?": options<UmapOptions>({
      neighbors: integer(1),
      minDistance: number(0),
      seed: integer(0),
    }),
  },
  studyFindings: { rows: studyRows },
  variationTable: { rows: studyRows, "measure?": measureOfAll },
  weightTriangle: { rows: studyRows, measure },
});
