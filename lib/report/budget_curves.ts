import { checkGiven } from "./check_given.ts";
import { displayed } from "./displayed.ts";
import { interval } from "./interval.ts";
import type { Figure } from "./specification.ts";
import {
  allSupervisions,
  type Budget,
  budgetRows,
  budgetsOf,
  type Measure,
  scoreOf,
  supervisionNames,
  untrainedName,
} from "./study_scores.ts";
import type { StudyRow } from "./study_row.ts";
import { axis, errorBars, heading, ink, layout, markerSymbols, palette } from "./theme.ts";

/** What the panels show along their axes. */
const panels = [
  { along: "images" as const, name: "at equal images", title: "images seen" },
  { along: "seconds" as const, name: "at equal time", title: "seconds of training" },
];

/**
 * Accuracy over the budget for each supervision alone and for all together: in one panel over the
 * images seen, in another over the time that it took. Each point is the mean over the seeds of
 * trainings of their own, whose schedules end there, with its 95 % interval where there are
 * several seeds. A dashed line is the network before training.
 *
 * @param measure The score; by default a linear probe of the class token.
 * @throws {RangeError} If no row was trained under such a budget.
 */
export function budgetCurves(
  rows: readonly StudyRow[],
  { readOut = "class token", protocol = "linear probe", level, data }: Measure,
): Figure {
  const measure = { readOut, protocol, level, data };
  const trained = budgetRows(rows);
  checkGiven(trained, "accuracy over the budget", "rows");
  const methods = [...supervisionNames, allSupervisions];
  return displayed({
    data: panels.flatMap(({ along }, panel) =>
      methods.map((method, i) => ({
        ...lineOf(budgetsOf(trained, method), along, measure),
        name: method,
        legendgroup: method,
        showlegend: panel === 0,
        xaxis: `x${panel + 1}`,
        yaxis: `y${panel + 1}`,
        line: { color: palette[i], width: 2 },
        marker: { symbol: markerSymbols[i], size: 8 },
        hovertemplate: `${method}: %{y:.1f} %<extra></extra>`,
      }))
    ),
    layout: layout(`Accuracy over the budget: ${level}, ${protocol} of the ${readOut}`, {
      height: 400,
      margin: { l: 64, r: 16, t: 104, b: 52 },
      grid: { rows: 1, columns: panels.length, pattern: "independent", xgap: 0.16 },
      legend: { orientation: "h", x: 0, y: 1.1, yanchor: "bottom" },
      annotations: panels.map(({ name }, i) => heading(name, `${i + 1}`)),
      shapes: beginning(rows, measure),
      ...Object.fromEntries(panels.flatMap(({ along, title }, i) => [
        [`xaxis${i + 1}`, axis(title, { type: "log", ...ticks(trained, along) })],
        [`yaxis${i + 1}`, axis(i === 0 ? "top-1 (%), 95 % interval" : "top-1 (%)")],
      ])),
    }),
  });
}

/** The points of a method, one for each budget. */
function lineOf(
  budgets: readonly Budget[],
  along: "images" | "seconds",
  measure: Measure,
) {
  const points = budgets.flatMap(({ rows }) => {
    const scores = rows.flatMap((row) => scoreOf(row, measure)?.top1 ?? []);
    if (scores.length === 0) return [];
    return [{ x: interval(rows.map((row) => row[along])).mean, ...interval(scores) }];
  });
  return {
    type: "scatter",
    mode: "lines+markers",
    x: points.map(({ x }) => +x.toFixed(1)),
    y: points.map(({ mean }) => +mean.toFixed(2)),
    error_y: errorBars(points.map(({ half }) => half ?? 0)),
  };
}

/**
 * Round numbers for a logarithmic axis: those of the budgets, or of the times within theirs; and
 * its range, which holds them all, so that it has some where all budgets are alike.
 */
function ticks(rows: readonly StudyRow[], along: "images" | "seconds") {
  const values = rows.map((row) => row[along]);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const round = [-1, 0, 1, 2, 3, 4, 5, 6, 7].flatMap((power) =>
    [1, 2, 5].map((digit) => digit * 10 ** power)
  );
  const tickvals = round.filter((tick) => tick > least / 2 && tick < most * 2);
  return {
    tickvals,
    ticktext: tickvals.map((tick) => tick.toLocaleString("en-US")),
    range: [Math.min(least, ...tickvals) / 1.1, Math.max(most, ...tickvals) * 1.1].map(Math.log10),
  };
}

/** Dashed lines at the score of the network before training. */
function beginning(rows: readonly StudyRow[], measure: Measure) {
  const scores = rows.filter(({ method }) => method === untrainedName)
    .flatMap((row) => scoreOf(row, measure)?.top1 ?? []);
  if (scores.length === 0) return [];
  const { mean } = interval(scores);
  return panels.map((_, i) => ({
    ...{ type: "line", xref: `x${i + 1} domain`, yref: `y${i + 1}` },
    ...{ x0: 0, x1: 1, y0: mean, y1: mean, line: { color: ink, width: 1.5, dash: "dash" } },
  }));
}
