/**
 * Tables and figures as data, made from numbers and pixels; `render/` shows them in a notebook, as
 * a picture or as a page.
 *
 * @module
 */
export { accuracyAgainstParameters, type MeasuredPoint } from "./accuracy_against_parameters.ts";
export { accuracyLines, type AccuracyLinesOptions, type AccuracyPoint } from "./accuracy_lines.ts";
export { attentionMaps, type ImageAttention } from "./attention_maps.ts";
export { budgetCurves } from "./budget_curves.ts";
export { classifierCurves } from "./classifier_curves.ts";
export { collapseMeters, type MethodRun } from "./collapse_meters.ts";
export { combinationPanels } from "./combination_panels.ts";
export { type Comparison, type ComparisonOptions, comparisonTable } from "./comparison_table.ts";
export { confusionMatrix } from "./confusion_matrix.ts";
export { cropsGrid, type CropView, type CropViews } from "./crops_grid.ts";
export { effectTable } from "./effect_table.ts";
export { gainFindings } from "./gain_findings.ts";
export {
  granularityBars,
  type GranularityBarsOptions,
  type LevelScore,
} from "./granularity_bars.ts";
export { healthPanel, type HealthPanelOptions } from "./health_panel.ts";
export { knnAccuracy, type KnnAccuracyOptions, type KnnPoint } from "./knn_accuracy.ts";
export { linearCurves } from "./linear_curves.ts";
export { lossCurves, lossRemark } from "./loss_curves.ts";
export {
  type About,
  type LevelOutcome,
  measuredRows,
  type Scored,
  type TrainingCosts,
} from "./measured_rows.ts";
export { methodFindings, type MethodFindingsOptions } from "./method_findings.ts";
export { type Metric, type Numbers, thin } from "./metrics.ts";
export { type LabeledImage, type Neighbor, neighborRows } from "./neighbor_rows.ts";
export { overlay } from "./overlay.ts";
export { pictureGrid, type PictureGridOptions } from "./picture_grid.ts";
export type { PictureRow, Shown } from "./picture_sheet.ts";
export { projection, type ProjectionOptions } from "./projection.ts";
export { protocolBars } from "./protocol_bars.ts";
export { type ProtocolRow, protocolTable } from "./protocol_table.ts";
export { htmlPage, type Page } from "./render/html_page.ts";
export { type Jupyter, jupyter } from "./render/jupyter.ts";
export { live, type LiveOptions } from "./render/live.ts";
export { type MimeBundle, mimeBundle } from "./render/mime_bundle.ts";
export { type Picture, png, svg } from "./render/picture.ts";
export { Display, show } from "./render/show.ts";
export { type Progress, showProgress, type ShowProgressOptions } from "./render/show_progress.ts";
export { htmlTable, markdown, markdownTable } from "./render/table_text.ts";
export { type CurvePoint, resultFigures } from "./result_figures.ts";
export { type Kind, type Row, type Spread, spread, summarize, type Summary } from "./row.ts";
export type { Content, Figure, Table } from "./specification.ts";
export { studyFindings } from "./study_findings.ts";
export type { LossWeights, StudyRow, StudyScore } from "./study_row.ts";
export { type Measure, supervisionNames, untrainedName } from "./study_scores.ts";
export { notes, table, type TableOptions } from "./table.ts";
export {
  type FrameScores,
  markedFrames,
  type MarkedFramesOptions,
  scoresOverTime,
} from "./tracked_objects.ts";
export { umap, type UmapOptions } from "./umap.ts";
export { variationTable } from "./variation_table.ts";
export { weightTriangle } from "./weight_triangle.ts";
export { type MarkedObject, markObjects } from "./mark_objects.ts";
export { detectionCurves } from "./detection_curves.ts";
export { segmentationCurves } from "./segmentation_curves.ts";
