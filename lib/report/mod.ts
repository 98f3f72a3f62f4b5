/**
 * Numbers and pixels in, documents out: tables and figures as data, shown in a notebook, as a picture, as a page.
 *
 * @module
 */
export { type Bundle, bundle } from "./bundle.ts";
export { type CurvePoint, figure } from "./figure.ts";
export { html, type Page } from "./html.ts";
export { type Jupyter, jupyter } from "./jupyter.ts";
export { live, type LiveOptions } from "./live.ts";
export { type Picture, png, svg } from "./picture.ts";
export { type Row, type Spread, spread, summarize, type Summary } from "./row.ts";
export { Display, show } from "./show.ts";
export type { Content, Figure, Table } from "./specification.ts";
export { notes, table } from "./table.ts";
export { htmlTable, markdown, markdownTable } from "./table_text.ts";
