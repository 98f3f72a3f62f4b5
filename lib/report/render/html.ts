import type { Figure } from "../specification.ts";
import { escape } from "./table_text.ts";

/** What a page shows besides its figure. */
export type Page = {
  title: string;
  /** A text that is shown beneath the figure, unformatted. */
  text?: string;
};

/**
 * A page that shows a figure without network access: Plotly (4.8 MB) is part of it.
 *
 * @returns The HTML document.
 */
export async function html({ data, layout }: Figure, { title, text }: Page): Promise<string> {
  const { default: plotly } = await import("plotly.js-dist-min/plotly.min.js", {
    with: { type: "text" },
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}</title>
<style>
body { font-family: sans-serif; margin: 24px }
pre { font-size: 12px; overflow-x: auto }
</style>
<div id="figure"></div>
${text ? `<pre>${escape(text)}</pre>` : ""}
<script>${inline(plotly)}</script>
<script>
Plotly.newPlot("figure", ${inline(JSON.stringify(data))}, ${inline(JSON.stringify(layout))}, {
  displaylogo: false,
});
</script>
</html>
`;
}

/** Source code that cannot close its script element early. */
function inline(source: string): string {
  return source.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
}
