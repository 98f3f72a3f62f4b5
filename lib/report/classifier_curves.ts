import { checkGiven } from "./check_given.ts";
import { displayed } from "./displayed.ts";
import { remainder } from "./loss_curves.ts";
import { type Metric, thin } from "./metrics.ts";
import type { Figure } from "./specification.ts";
import { axis, heading, layout, palette } from "./theme.ts";

/** The panels: what is drawn in each, with the title of its axis. */
const panels = [
  { name: "Loss", unit: "cross-entropy (nats)", lines: { total: "training", testLoss: "test" } },
  { name: "Accuracy on the test part", unit: "top-1 (%)", lines: { top1: "top-1" } },
] as const;

/**
 * The losses of a classifier and its accuracy on the test part over the epochs; many steps are
 * averaged in groups of consecutive ones, and evaluations stand where they were made. Where the run
 * is not at its end, the title says how far it is and how long it still takes.
 *
 * @throws {RangeError} If there is no step.
 */
export function classifierCurves(
  metrics: readonly Metric[],
  { title = "Training" }: { title?: string } = {},
): Figure {
  checkGiven(metrics, "the curves of a classifier", "steps");
  return displayed({
    data: panels.flatMap(({ lines }, i) =>
      Object.entries(lines).map(([name, label], j) => {
        const evaluated = name !== "total";
        const points = evaluated ? metrics.filter((point) => name in point) : thin(metrics);
        return {
          type: "scatter",
          mode: evaluated || points.length === 1 ? "lines+markers" : "lines",
          name: label,
          showlegend: i === 0,
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
