/**
 * Numbers in, documents out: the table as Markdown, the figure as a page.
 *
 * @module
 */
export { type CurvePoint, type Figure, figure } from "./figure.ts";
export { html, type Page } from "./html.ts";
export { type Row, type Spread, spread, summarize, type Summary } from "./row.ts";
export { markdown, notes, table } from "./table.ts";
