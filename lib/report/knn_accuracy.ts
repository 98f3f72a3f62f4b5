import { displayed } from "./displayed.ts";
import type { Figure } from "./specification.ts";
import { standardError } from "./standard_error.ts";
import { axis, errorBars, layout, markerSymbols, palette } from "./theme.ts";

/** The accuracy of k-NN for one k and one temperature. */
export type KnnPoint = {
  /** The number of neighbors that vote. */
  k: number;
  temperature: number;
  /** Percent. */
  top1: number;
};

/** Options of {@linkcode knnAccuracy}. */
export type KnnAccuracyOptions = {
  title?: string;
  /** The number of test images, from which the standard error of an accuracy follows. */
  images?: number;
};

/**
 * The accuracy of k-NN against k, with a line for each temperature; the best choice is circled and
 * named. Where the number of test images is known, error bars show one standard error of a share of
 * that many images: √(p (1 − p) / n).
 *
 * @throws {RangeError} If there is nothing to draw.
 */
export function knnAccuracy(
  scores: readonly KnnPoint[],
  { title = "k-NN on frozen features", images }: KnnAccuracyOptions = {},
): Figure {
  if (scores.length === 0) throw new RangeError("Cannot draw the accuracy of k-NN: 0 scores given");
  const lines = [...Map.groupBy(scores, ({ temperature }) => temperature)]
    .toSorted(([a], [b]) => a - b).map(([temperature, points], i) => {
      const sorted = points.toSorted((a, b) => a.k - b.k);
      return {
        type: "scatter",
        mode: "lines+markers",
        name: `${temperature}`,
        x: sorted.map(({ k }) => k),
        y: sorted.map(({ top1 }) => top1),
        line: { color: palette[i % palette.length], width: 2 },
        marker: { symbol: markerSymbols[i % markerSymbols.length], size: 8 },
        ...images !== undefined && {
          error_y: errorBars(sorted.map(({ top1 }) => standardError(top1, images))),
        },
        hovertemplate: `k %{x}, temperature ${temperature}: %{y:.1f} %<extra></extra>`,
      };
    });
  const best = scores.reduce((best, score) => score.top1 > best.top1 ? score : best);
  const ks = [...new Set(scores.map(({ k }) => k))].toSorted((a, b) => a - b);
  return displayed({
    data: [...lines, ring(best)],
    layout: layout(title, {
      xaxis: axis("neighbors that vote, k", {
        type: "log",
        tickvals: ks,
        ticktext: ks.map(String),
      }),
      yaxis: axis(`top-1 accuracy (%)${images === undefined ? "" : ", ± 1 standard error"}`),
      legend: { title: { text: "temperature" } },
    }),
  });
}

/** A circle around the best choice, which the legend names. */
function ring({ k, temperature, top1 }: KnnPoint) {
  return {
    type: "scatter",
    mode: "markers",
    name: `best: ${top1.toFixed(1)} %<br>(k ${k}, ${temperature})`,
    x: [k],
    y: [top1],
    marker: { symbol: "circle-open", size: 17, color: palette[4], line: { width: 2.5 } },
    hoverinfo: "skip",
  };
}
