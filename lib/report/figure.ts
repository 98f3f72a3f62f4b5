import type { PaperRow } from "../paper/mod.ts";
import { sizeAxes, sizeTraces } from "./accuracy_against_parameters.ts";
import { type Bar, barTraces, chanceLines } from "./bars.ts";
import { lossTraces } from "./loss_curves.ts";
import type { Metric } from "./metrics.ts";
import { type Row, type Spread, summarize, type Summary } from "./row.ts";
import type { Figure } from "./specification.ts";
import { axis, heading, layout } from "./theme.ts";

/** A point of the training curve. */
export type CurvePoint = Metric;

/**
 * Four panels: k-NN and linear accuracy of the measured rows, the training losses (if there are
 * any), and the accuracies of the paper against the number of parameters.
 */
export function figure(
  paper: readonly PaperRow[],
  measured: readonly Row[],
  curve: readonly CurvePoint[] = [],
): Figure {
  const rows = summarize(measured);
  const [knn, linear] = [bars(rows, "knn"), bars(rows, "linear")];
  const trained = curve.length > 0;
  const lastColumn = trained ? right : left;
  const sizes = sizeAxes(paper);
  return {
    data: [
      ...on(barTraces(knn), ""),
      ...on(barTraces(linear), "2").map((trace) => ({
        ...trace,
        legend: "legend",
        showlegend: false,
      })),
      ...(trained ? on(lossTraces(curve), "3") : []),
      ...on(sizeTraces(paper), "4"),
    ],
    layout: layout("Mugs: measured here, and as the paper reports it", {
      width: 1180,
      height: 900,
      margin: { l: 70, r: 150, t: 90, b: 70 },
      barmode: "group",
      xaxis: axis("", { domain: left, anchor: "y", showgrid: false }),
      yaxis: percent("k-NN top-1 accuracy (%)", "x"),
      xaxis2: axis("", { domain: right, anchor: "y2", showgrid: false }),
      yaxis2: percent("linear top-1 accuracy (%)", "x2"),
      xaxis3: axis("epoch", { domain: left, anchor: "y3" }),
      yaxis3: axis("loss (nats)", { domain: lower, anchor: "x3", rangemode: "tozero" }),
      xaxis4: { ...sizes.xaxis, domain: lastColumn, anchor: "y4" },
      yaxis4: { ...axis("ImageNet-1K linear accuracy (%)"), domain: lower, anchor: "x4" },
      shapes: [...chanceLines(knn), ...chanceLines(linear, "2")],
      annotations: [
        heading("Measured: k-NN on frozen features (dashes: chance)", ""),
        heading("Measured: linear probe on frozen features", "2"),
        ...(trained ? [heading("Training losses", "3")] : []),
        heading("The paper: linear accuracy by size", "4"),
      ],
      legend: { ...legend(0, 1.045), xanchor: "left", orientation: "h" },
      legend3: { ...legend(left[1], lower[0]), xanchor: "right", yanchor: "bottom" },
      legend4: { ...legend(lastColumn[1] + 0.01, lower[1]), xanchor: "left" },
    }),
  };
}

/** Places on the sheet, as shares of its width and height. */
const [left, right] = [[0, 0.45], [0.55, 1]] as const;
const [lower, upper] = [[0, 0.42], [0.55, 0.97]] as const;

/** One score of the rows that have it, by level. */
function bars(rows: readonly Summary[], score: "knn" | "linear"): Bar[] {
  return rows.filter((row) => row[score] !== null).map((row) => ({
    ...row[score] as Spread,
    method: row.method,
    level: row.level ?? row.data,
    seeds: row.seeds.length,
    chance: row.chance,
  }));
}

/** Traces on axes and in a legend of their own. */
function on(traces: Figure["data"], axes: string): Figure["data"] {
  return traces.map((trace) => ({
    ...trace,
    xaxis: `x${axes}`,
    yaxis: `y${axes}`,
    legend: `legend${axes}`,
  }));
}

const percent = (title: string, anchor: string) =>
  axis(title, { domain: upper, anchor, rangemode: "tozero" });

const legend = (x: number, y: number) => ({ x, y, yanchor: "top", font: { size: 12 } });
