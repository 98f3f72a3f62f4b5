import type { PaperRow } from "../paper/mod.ts";
import type { Figure } from "./specification.ts";
import { axis, layout, markerSymbols, palette } from "./theme.ts";

/** A network that was measured here, beside those of the paper. */
export type MeasuredPoint = {
  method: string;
  arch: string;
  /** Millions; `null` where there is no network, and then no point. */
  parameters: number | null;
  /** Percent; `null` where it was not measured. */
  linear: number | null;
  data: string;
  level?: string | null;
};

/**
 * Accuracy by linear probe against the size of the backbone: the paper's methods on ImageNet-1K,
 * and our networks with the name of their data.
 */
export function accuracyAgainstParameters(
  paper: readonly PaperRow[],
  ours: readonly MeasuredPoint[] = [],
  { title = "Linear probe against size: the paper's methods, and ours" } = {},
): Figure {
  return {
    data: sizeTraces(paper, ours),
    layout: layout(title, { height: 440, ...sizeAxes(paper, ours) }),
  };
}

/** The axes of {@linkcode accuracyAgainstParameters}. */
export function sizeAxes(paper: readonly PaperRow[], ours: readonly MeasuredPoint[] = []) {
  const sizes = [...paper, ...drawable(ours)].map(({ parameters }) => parameters!);
  const ticks = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500].filter((tick) =>
    tick > Math.min(...sizes) / 2 && tick < Math.max(...sizes) * 2
  );
  return {
    xaxis: axis("parameters of the backbone (millions)", { type: "log", tickvals: ticks }),
    yaxis: axis("linear top-1 accuracy (%)"),
  };
}

/**
 * A marker for each row of the paper, with a color and a shape for each method and a larger one for
 * Mugs; ours are hollow stars.
 */
export function sizeTraces(
  paper: readonly PaperRow[],
  ours: readonly MeasuredPoint[] = [],
): Figure["data"] {
  const symbols = ["star", ...markerSymbols.filter((symbol) => symbol !== "star")];
  const methods = [...new Set(paper.map((row) => row.method))];
  methods.sort((a, b) => Number(b === "Mugs") - Number(a === "Mugs"));
  const reported = methods.map((method, i) => ({
    ...marks(paper.filter((row) => row.method === method && row.linear !== null)),
    name: method,
    marker: {
      color: palette[i % palette.length],
      symbol: symbols[i % symbols.length],
      size: method === "Mugs" ? 15 : 9,
    },
  }));
  const points = drawable(ours);
  if (points.length === 0) return reported;
  return [...reported, {
    ...marks(points),
    name: "measured here",
    mode: "markers+text",
    text: points.map(({ method, data, level }) =>
      [method, [data, level].filter(Boolean).join(", ")].join("<br>")
    ),
    textposition: "middle right",
    marker: { color: palette[4], symbol: "star-open", size: 15, line: { width: 2.5 } },
  }];
}

const drawable = (ours: readonly MeasuredPoint[]) =>
  ours.filter(({ parameters, linear }) => parameters !== null && linear !== null);

function marks(rows: readonly Pick<MeasuredPoint, "method" | "arch" | "parameters" | "linear">[]) {
  return {
    type: "scatter",
    mode: "markers",
    x: rows.map(({ parameters }) => parameters),
    y: rows.map(({ linear }) => linear),
    hovertext: rows.map(({ method, arch }) => `${method}, ${arch}`),
    hovertemplate: "%{hovertext}<br>%{x} M, %{y:.1f} %<extra></extra>",
  };
}
