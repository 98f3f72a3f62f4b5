import { type PaperRow, presentedMethod } from "../paper/mod.ts";
import { checkGiven } from "./check_given.ts";
import { sameData } from "./data_names.ts";
import { displayed } from "./displayed.ts";
import type { Figure } from "./specification.ts";
import { axis, layout, markerSymbols, palette } from "./theme.ts";

/** A network that was measured here, beside those of the paper. */
export type MeasuredPoint = {
  method: string;
  arch: string;
  /** Millions; `null` where there is no network, and then no point. */
  parameters: number | null;
  /** Percent; `null` where it was not measured, and then no point. */
  linear: number | null;
  data: string;
  level?: string | null;
};

/** A network that can be drawn. */
type Point = MeasuredPoint & { parameters: number; linear: number };

/** The data of the paper's table. */
const published = "ImageNet-1K";

/**
 * Accuracy by linear probe against the size of the backbone: the paper's methods on ImageNet-1K,
 * and our networks. Those on other data have a panel with an axis of its own, beneath.
 *
 * @throws {RangeError} If there is no row.
 */
export function accuracyAgainstParameters(
  paper: readonly PaperRow[],
  ours: readonly MeasuredPoint[] = [],
  { title = "Linear probe against size: the paper's methods, and ours" } = {},
): Figure {
  checkGiven([...paper, ...ours], "accuracy against parameters", "rows");
  const points = ours.filter((point): point is Point =>
    point.parameters !== null && point.linear !== null
  );
  const [same, other] = [true, false].map((comparable) =>
    points.filter(({ data }) => sameData(data, published) === comparable)
  ) as [Point[], Point[]];
  const names = [...new Set(other.map(({ data }) => data))].join(", ");
  const apart = other.length > 0;
  return displayed({
    data: [
      ...methodTraces(paper),
      ...same.length > 0 ? [ourTrace(same, "y")] : [],
      ...apart ? [ourTrace(other, "y2")] : [],
    ],
    layout: layout(title, {
      height: apart ? 540 : 440,
      xaxis: sizeAxis([...paper, ...points].map(({ parameters }) => parameters), apart),
      yaxis: axis(`${published}, top-1 (%)`, { domain: [apart ? 0.4 : 0, 1] }),
      ...apart && { yaxis2: axis(`${names}, top-1 (%)`, { domain: [0, 0.32], range: [0, 108] }) },
    }),
  });
}

/**
 * The axis of sizes in millions of parameters, at the foot of the lower panel where there is one.
 */
function sizeAxis(sizes: readonly number[], apart: boolean) {
  const ticks = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500];
  return axis("backbone parameters (millions)", {
    type: "log",
    tickvals: ticks.filter((tick) =>
      tick > Math.min(...sizes) / 2 && tick < Math.max(...sizes) * 2
    ),
    anchor: apart ? "y2" : "y",
  });
}

/**
 * A marker for each row of the paper, with a color and a shape for each method and a larger one for
 * the method that the paper presents.
 */
function methodTraces(paper: readonly PaperRow[]): Figure["data"] {
  const symbols = ["star", ...markerSymbols.filter((symbol) => symbol !== "star")];
  const methods = [...new Set(paper.map((row) => row.method))];
  methods.sort((a, b) => Number(b === presentedMethod) - Number(a === presentedMethod));
  return methods.map((method, i) => ({
    ...markers(paper.filter((row) => row.method === method && row.linear !== null)),
    name: method,
    marker: {
      color: palette[i % palette.length],
      symbol: symbols[i % symbols.length],
      size: method === presentedMethod ? 15 : 9,
    },
  }));
}

/** Hollow stars for our networks, each with its method and data. */
function ourTrace(points: readonly Point[], yaxis: string) {
  return {
    ...markers(points),
    name: "measured here",
    yaxis,
    mode: "markers+text",
    text: points.map(({ method, data, level }) => `${method}, ${level ?? data}`),
    textposition: "middle right",
    marker: { color: palette[4], symbol: "star-open", size: 15, line: { width: 2.5 } },
  };
}

function markers(
  rows: readonly Pick<MeasuredPoint, "method" | "arch" | "parameters" | "linear">[],
) {
  return {
    type: "scatter",
    mode: "markers",
    x: rows.map(({ parameters }) => parameters),
    y: rows.map(({ linear }) => linear),
    hovertext: rows.map(({ method, arch }) => `${method}, ${arch}`),
    hovertemplate: "%{hovertext}<br>%{x} M, %{y:.1f} %<extra></extra>",
  };
}
