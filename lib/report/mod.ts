/**
 * Numbers and pixels in, documents out: tables and figures as data, shown in a notebook, as a picture, as a page.
 *
 * @module
 */
export { accuracyAgainstParameters, type OwnPoint } from "./accuracy_against_parameters.ts";
export { type Attended, attentionMaps } from "./attention_maps.ts";
export { type Bundle, bundle } from "./bundle.ts";
export { type Comparison, comparisonTable } from "./comparison_table.ts";
export { confusionMatrix } from "./confusion_matrix.ts";
export { cropsGrid, type CropViews } from "./crops_grid.ts";
export { type CurvePoint, figure } from "./figure.ts";
export {
  granularityBars,
  type GranularityBarsOptions,
  type LevelScore,
} from "./granularity_bars.ts";
export { granularityFindings } from "./granularity_findings.ts";
export { healthPanel, type HealthPanelOptions } from "./health_panel.ts";
export { html, type Page } from "./html.ts";
export { type Jupyter, jupyter } from "./jupyter.ts";
export { knnAccuracy, type KnnScore } from "./knn_accuracy.ts";
export { live, type LiveOptions } from "./live.ts";
export { lossCurves } from "./loss_curves.ts";
export { type LevelOutcome, measuredRows, type Recipe, type Scored } from "./measured_rows.ts";
export { type Metric, type Numbers, thin } from "./metrics.ts";
export { type NamedImage, type Neighbor, neighborRows } from "./neighbor_rows.ts";
export { pictureGrid, type PictureGridOptions } from "./picture_grid.ts";
export type { PictureRow, Shown } from "./picture_sheet.ts";
export { type Picture, png, svg } from "./picture.ts";
export { projection, type ProjectionOptions } from "./projection.ts";
export { type Row, type Spread, spread, summarize, type Summary } from "./row.ts";
export { Display, show } from "./show.ts";
export type { Content, Figure, Table } from "./specification.ts";
export { notes, table } from "./table.ts";
export { htmlTable, markdown, markdownTable } from "./table_text.ts";
export { umap, type UmapOptions } from "./umap.ts";
