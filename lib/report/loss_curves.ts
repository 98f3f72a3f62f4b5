import { displayed } from "./displayed.ts";
import { lossNames, type Metric, thin } from "./metrics.ts";
import type { Figure } from "./specification.ts";
import { axis, layout, palette } from "./theme.ts";

/** The losses over the epochs; many steps are averaged in groups of consecutive ones. */
export function lossCurves(
  metrics: readonly Metric[],
  { title = "Training losses" }: { title?: string } = {},
): Figure {
  return displayed({
    data: lossTraces(metrics),
    layout: layout(title, {
      xaxis: axis("epoch", { rangemode: "tozero" }),
      yaxis: axis("loss (nats)"),
      hovermode: "x unified",
    }),
  });
}

/** The lines of {@linkcode lossCurves}. */
export function lossTraces(metrics: readonly Metric[]): Figure["data"] {
  const points = thin(metrics);
  return lossNames(points).map((loss, i) => ({
    type: "scatter",
    mode: points.length > 1 ? "lines" : "markers",
    name: loss.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
    x: points.map((point) => point.epoch),
    y: points.map((point) => point[loss]),
    line: { color: palette[i % palette.length], width: 2 },
    hovertemplate: "%{y:.3f}",
  }));
}
