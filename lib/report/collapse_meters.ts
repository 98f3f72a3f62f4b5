import { checkGiven } from "./check_given.ts";
import { displayed } from "./displayed.ts";
import { limitLine } from "./limit_line.ts";
import { type Metric, thin } from "./metrics.ts";
import { signs } from "./signs.ts";
import type { Figure } from "./specification.ts";
import { axis, heading, layout, palette } from "./theme.ts";

/** The steps of a method's run. */
export type MethodRun = { method: string; metrics: readonly Metric[] };

/** A sign by which a collapse is told, and the value below which it is one. */
type Meter = { title: string; unit: string; floor: number; value(metric: Metric): number };

/** The signs by which a collapse is told. */
const meters: readonly Meter[] = [
  meterOf("spread", 0.05),
  meterOf("dimensions", 1.2),
  {
    title: "Information of an assignment",
    unit: "nats",
    floor: 0.01,
    value: ({ prototypeEntropy, targetEntropy }) => prototypeEntropy! - targetEntropy!,
  },
];

function meterOf(name: "spread" | "dimensions", floor: number): Meter {
  const { title, unit } = signs[name]!;
  return { title, unit, floor, value: (metric) => metric[name]! };
}

/**
 * The signs by which a collapse is told, over the epochs, with a line for each method and a panel
 * for each sign that one of them has: beneath the dashed line a run has collapsed.
 *
 * @throws {RangeError} If there are no signs.
 */
export function collapseMeters(
  runs: readonly MethodRun[],
  { title = "Collapse meters" }: { title?: string } = {},
): Figure {
  const panels = meters.map((meter) => ({
    ...meter,
    lines: runs.map(({ metrics }) =>
      thin(metrics, 60).flatMap((metric) => {
        const y = meter.value(metric as Metric);
        return Number.isFinite(y) ? [{ x: metric.epoch, y: +y.toPrecision(4) }] : [];
      })
    ),
  })).filter(({ lines }) => lines.some(({ length }) => length > 0));
  checkGiven(panels, "the collapse meters", "signs");
  return displayed({
    data: panels.flatMap(({ lines }, panel) =>
      lines.flatMap((points, i) => points.length > 0 ? [lineOf(runs, i, { points, panel })] : [])
    ),
    layout: layout(title, {
      height: 120 + 220 * panels.length,
      margin: { l: 64, r: 16, t: 84, b: 52 },
      grid: { rows: panels.length, columns: 1, pattern: "independent", ygap: 0.4 },
      annotations: panels.map(({ title }, i) => heading(title, `${i + 1}`)),
      shapes: panels.map(({ floor }, i) => limitLine(floor, i + 1)),
      ...Object.fromEntries(panels.flatMap(({ unit }, i) => [
        [`xaxis${i + 1}`, axis("epoch", { rangemode: "tozero" })],
        [`yaxis${i + 1}`, axis(unit, { rangemode: "tozero" })],
      ])),
    }),
  });
}

/** The line of a method in a panel; the legend names it once, where it has the spread. */
function lineOf(
  runs: readonly MethodRun[],
  i: number,
  { points, panel }: { points: readonly { x: number; y: number }[]; panel: number },
) {
  const { method } = runs[i]!;
  return {
    type: "scatter",
    mode: points.length > 1 ? "lines" : "markers",
    name: method,
    legendgroup: method,
    showlegend: panel === 0,
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
    line: { color: palette[i % palette.length], width: 2 },
    xaxis: `x${panel + 1}`,
    yaxis: `y${panel + 1}`,
  };
}
