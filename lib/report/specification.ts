/** A Plotly figure as data. */
export type Figure = {
  /** Plotly's traces. */
  data: Record<string, unknown>[];
  /** Plotly's layout: title, axes, size in pixels. */
  layout: Record<string, unknown>;
};

/** A table as data: every cell is the text that will be shown. */
export type Table = {
  title?: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  /** Headings above rows, by the index of the row beneath. */
  headings?: Readonly<Record<number, string>>;
  /** Remarks that are needed to read it, shown beneath it. */
  notes?: string;
};

/** What {@linkcode show} can show; a text is Markdown. */
export type Content = Figure | Table | string;

/** Whether a content is a table. */
export function isTable(content: Content): content is Table {
  return typeof content === "object" && "rows" in content;
}

/** The title of a figure without its markup, or an empty text. */
export function titleOf({ layout }: Figure): string {
  const { title } = layout as { title?: { text?: string } | string };
  return plain(typeof title === "string" ? title : title?.text ?? "");
}

/** A figure in words: its title and the names of its traces. */
export function inWords(figure: Figure): string {
  const names = figure.data.map(({ name }) => name).filter((name) => typeof name === "string");
  const traces = [...new Set(names)].map(plain).join(", ");
  return [titleOf(figure) || "Figure", traces].filter(Boolean).join(": ");
}

/** A text of Plotly without tags. */
function plain(text: string): string {
  return text.replace(/<br\s*\/?>/g, " ").replace(/<[^>]*>/g, "");
}
