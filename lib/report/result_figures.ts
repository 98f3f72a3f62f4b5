import type { PaperRow } from "../paper/mod.ts";
import { accuracyAgainstParameters } from "./accuracy_against_parameters.ts";
import { barTraces, chanceLines } from "./bars.ts";
import { displayed } from "./displayed.ts";
import { lossCurves } from "./loss_curves.ts";
import type { Metric } from "./metrics.ts";
import { type Row, summarize, type Summary } from "./row.ts";
import type { Figure } from "./specification.ts";
import { axis, layout } from "./theme.ts";

/** A point of the training curve. */
export type CurvePoint = Metric;

/**
 * The figures of a result: k-NN and linear accuracy of the measured rows, the training losses (if
 * there are any), and the accuracies of the paper and ours against the number of parameters (unless
 * several methods were trained, which would lie upon each other there).
 */
export function resultFigures(
  paper: readonly PaperRow[],
  measured: readonly Row[],
  curve: readonly CurvePoint[] = [],
): Figure[] {
  const rows = summarize(measured);
  const trained = rows.filter(({ kind }) => kind === "trained");
  const several = new Set(trained.map(({ method }) => method)).size > 1;
  return [
    scoreBars(rows, "knn", "k-NN on frozen features"),
    scoreBars(rows, "linear", "Linear probe on frozen features"),
    ...curve.length > 0 ? [lossCurves(curve)] : [],
    ...several ? [] : [accuracyAgainstParameters(
      paper,
      trained.map((row) => ({ ...row, linear: row.linear?.mean ?? null })),
    )],
  ];
}

/** Bars of one score of the rows that have it, by level. */
function scoreBars(rows: readonly Summary[], score: "knn" | "linear", title: string): Figure {
  const networks = rows.filter(({ kind }) => kind !== "plain");
  const alike = new Set(networks.map(({ arch }) => arch)).size < 2;
  const bars = rows.flatMap(({ [score]: spread, ...row }) =>
    spread === null ? [] : [{
      ...spread,
      method: alike || row.kind === "plain" ? row.method : `${row.method}, ${row.arch}`,
      level: row.level ?? row.data,
      seeds: row.seeds.length,
      chance: row.chance,
    }]
  );
  return displayed({
    data: barTraces(bars),
    layout: layout(title, {
      barmode: "group",
      uniformtext: { minsize: 8, mode: "hide" },
      xaxis: axis("level of the labels (dashes: a guess)", { showgrid: false }),
      yaxis: axis("top-1 accuracy (%)", { rangemode: "tozero" }),
      shapes: chanceLines(bars),
    }),
  });
}
