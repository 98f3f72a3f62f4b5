import { checkGiven } from "./check_given.ts";
import { displayed } from "./displayed.ts";
import { spread } from "./row.ts";
import type { Figure } from "./specification.ts";
import { standardError } from "./standard_error.ts";
import { axis, errorBars, ink, layout, markerSymbols, palette } from "./theme.ts";

/** The accuracy of a method somewhere on an axis; of several seeds there are several. */
export type AccuracyPoint = {
  method: string;
  /** Where it was measured: an epoch, or a share of the labels. */
  x: number;
  /** Percent. */
  top1: number;
};

/** Options of {@linkcode accuracyLines}. */
export type AccuracyLinesOptions = {
  title?: string;
  /** What the axis shows, with its unit. */
  along?: string;
  /** Whether the axis is logarithmic; then the places of the points are named, by this unit. */
  logarithmic?: { unit: string };
  /** The number of test images, from which the standard error of a single seed follows. */
  images?: number;
  /** Accuracy of a guess, percent: a dashed line. */
  chance?: number;
};

/**
 * Accuracies along an axis, with a line for each method: the mean over seeds with its standard
 * deviation, or for a single seed the accuracy with its standard error.
 *
 * @throws {RangeError} If there is nothing to draw.
 */
export function accuracyLines(
  points: readonly AccuracyPoint[],
  { title = "Accuracy", along = "epoch", logarithmic, images, chance }: AccuracyLinesOptions = {},
): Figure {
  checkGiven(points, "accuracies", "points");
  const methods = [...Map.groupBy(points, ({ method }) => method)];
  const several = methods.some(([, group]) => seedsOf(group) > 1);
  const bars = several
    ? ", mean ± deviation over seeds"
    : images === undefined
    ? ""
    : ", ± 1 standard error";
  const places = [...new Set(points.map(({ x }) => x))].toSorted((a, b) => a - b);
  return displayed({
    data: methods.map(([method, group], i) => ({
      ...lineOf(group, images),
      name: method,
      line: { color: palette[i % palette.length], width: 2 },
      marker: { symbol: markerSymbols[i % markerSymbols.length], size: 8 },
      hovertemplate: `${method}: %{y:.1f} %<extra></extra>`,
    })),
    layout: layout(title, {
      xaxis: axis(
        along + (chance === undefined ? "" : " (dashes: a guess)"),
        logarithmic
          ? {
            type: "log",
            tickvals: places,
            ticktext: places.map((x) => `${x} ${logarithmic.unit}`.trim()),
          }
          : { rangemode: "tozero" },
      ),
      yaxis: axis(`top-1 (%)${bars}`, { rangemode: "tozero" }),
      legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
      // The legend has four methods in a row.
      margin: { l: 64, r: 16, t: Math.max(92, 52 + 20 * Math.ceil(methods.length / 4)), b: 52 },
      shapes: chance === undefined ? [] : [guess(chance)],
    }),
  });
}

/** The most points that a method has at one place. */
function seedsOf(points: readonly AccuracyPoint[]): number {
  return Math.max(...[...Map.groupBy(points, ({ x }) => x).values()].map(({ length }) => length));
}

/** The points of a method as a line, with error bars. */
function lineOf(points: readonly AccuracyPoint[], images: number | undefined) {
  const places = [...Map.groupBy(points, ({ x }) => x)].toSorted(([a], [b]) => a - b)
    .map(([x, group]) => ({ x, seeds: group.length, ...spread(group.map(({ top1 }) => top1)) }));
  const errors = places.map(({ mean, deviation, seeds }) =>
    seeds > 1 ? deviation : images === undefined ? 0 : standardError(mean, images)
  );
  return {
    type: "scatter",
    mode: "lines+markers",
    x: places.map(({ x }) => x),
    y: places.map(({ mean }) => +mean.toFixed(2)),
    ...errors.some((error) => error > 0) && { error_y: errorBars(errors) },
  };
}

/** A dashed line at the accuracy of a guess. */
function guess(y: number) {
  const line = { color: ink, width: 1.5, dash: "dash" };
  return { type: "line", xref: "paper", yref: "y", x0: 0, x1: 1, y0: y, y1: y, line };
}
