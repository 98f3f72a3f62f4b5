import { type Figure, type Table, titleOf } from "../specification.ts";
import { figureSize } from "./picture.ts";
import { escape, htmlTable } from "./table_text.ts";

/** The content of an HTML page. */
export type Page = {
  title: string;
  figures?: readonly Figure[];
  /** Sentences beneath the figures. */
  remarks?: readonly string[];
  table?: Table;
};

/**
 * The look of the page: figures side by side where there is room, a table that scrolls by itself.
 */
const style = `
body { max-width: 1240px; margin: 1rem auto; padding: 0 1rem; color: #222; background: #fff;
  font: 15px/1.5 "DejaVu Sans", Verdana, Arial, sans-serif }
h1 { font-size: 1.4rem } h2 { font-size: 1rem; margin: 0 }
.figures { display: grid; gap: 1.5rem;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)) }
.figures section { min-width: 0 } p { max-width: 50rem }
.table { overflow-x: auto; margin-top: 2rem }
table { border-collapse: collapse; font-size: 13px }
th, td { padding: 0.25em 0.7em; white-space: nowrap }
tr { border-bottom: 1px solid #ddd } thead tr { border-bottom: 2px solid #222 }
`;

/**
 * A page that shows figures and a table on screens of any width, without network access: Plotly
 * (4.8 MB) is part of it.
 *
 * @returns The HTML document.
 */
export async function htmlPage(
  { title, figures = [], remarks = [], table }: Page,
): Promise<string> {
  const { default: plotly } = await import("plotly.js-dist-min/plotly.min.js", {
    with: { type: "text" },
  });
  const sections = figures.map((figure, i) =>
    `<section><h2>${escape(titleOf(figure))}</h2><div id="figure${i}" style="height: ${
      heightOf(figure)
    }px"></div></section>`
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${style}</style>
<h1>${escape(title)}</h1>
<div class="figures">
${sections.join("\n")}
</div>
${remarks.map((remark) => `<p>${escape(remark)}</p>`).join("\n")}
${table ? `<div class="table">\n${htmlTable(table)}\n</div>` : ""}
<script>${inline(plotly)}</script>
<script>
const figures = ${inline(JSON.stringify(figures.map(fluid)))};
const config = { displaylogo: false, responsive: true };
figures.forEach(({ data, layout }, i) => Plotly.newPlot(\`figure\${i}\`, data, layout, config));
</script>
</html>
`;
}

/** The height of a figure with its legend below, in two columns or more. */
function heightOf(figure: Figure): number {
  return figureSize(figure).height + 20 * Math.ceil(figure.data.length / 2);
}

/** A figure as wide as its place, with its legend below; the title is part of the page. */
function fluid({ data, layout }: Figure): Figure {
  const { width: _, height: __, title: ___, margin, legend, ...rest } = layout;
  const axes = Object.entries(rest).filter(([name]) => /^[xy]axis\d*$/.test(name))
    .map(([name, axis]) => [name, { ...axis as object, automargin: true }]);
  const below = { orientation: "h", yref: "container", y: 0, yanchor: "bottom", x: 0 };
  return {
    data,
    layout: {
      ...rest,
      ...Object.fromEntries(axes),
      autosize: true,
      margin: { ...margin as object, t: 16 },
      legend: { ...legend as object, ...below, entrywidth: 130, font: { size: 11 } },
    },
  };
}

/** Source code that cannot close its script element early. */
function inline(source: string): string {
  return source.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
}
