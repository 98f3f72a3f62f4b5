import { displayed } from "./displayed.ts";
import { remainder } from "./loss_curves.ts";
import { type Metric, thin } from "./metrics.ts";
import type { Figure } from "./specification.ts";
import { axis, heading, layout, palette } from "./theme.ts";

/** A panel: what is drawn in it, by the names of metrics, and the title of its axis. */
export type CurvePanel = { name: string; unit: string; lines: Readonly<Record<string, string>> };

/** The loss of every step; all other metrics are there where they were measured. */
const LOSS = "total";

/**
 * Losses and scores of a run over the epochs; many steps are averaged in groups of consecutive
 * ones, and evaluations stand where they were made. Where the run is not at its end, the title says
 * how far it is and how long it still takes.
 */
export function scoreCurves(
  metrics: readonly Metric[],
  panels: readonly CurvePanel[],
  { title }: { title: string },
): Figure {
  return displayed({
    data: panels.flatMap(({ lines }, i) =>
      Object.entries(lines).map(([name, label], j) => {
        const evaluated = name !== LOSS;
        const points = evaluated ? metrics.filter((point) => name in point) : thin(metrics);
        return {
          type: "scatter",
          mode: evaluated || points.length === 1 ? "lines+markers" : "lines",
          name: label,
          showlegend: i === 0 || Object.keys(lines).length > 1,
          x: points.map(({ epoch }) => epoch),
          y: points.map((point) => +Number(point[name]).toPrecision(4)),
          line: { color: palette[i + j], width: 2 },
          xaxis: `x${i + 1}`,
          yaxis: `y${i + 1}`,
        };
      })
    ),
    layout: layout(title + remainder(metrics), {
      height: 340,
      margin: { l: 64, r: 16, t: 84, b: 52 },
      grid: { rows: 1, columns: panels.length, pattern: "independent", xgap: 0.2 },
      legend: { orientation: "h", x: 1, xanchor: "right", y: 1.12, yanchor: "bottom" },
      annotations: panels.map(({ name }, i) => heading(name, `${i + 1}`)),
      ...Object.fromEntries(panels.flatMap(({ unit }, i) => [
        [`xaxis${i + 1}`, axis("epoch", { rangemode: "tozero" })],
        [`yaxis${i + 1}`, axis(unit)],
      ])),
    }),
  });
}
