import { checkGiven } from "./check_given.ts";
import { displayed } from "./displayed.ts";
import { lossNames, type Metric, thin } from "./metrics.ts";
import type { Figure } from "./specification.ts";
import { shortDuration } from "./short_duration.ts";
import { axis, layout, palette } from "./theme.ts";

/**
 * The losses over the epochs; many steps are averaged in groups of consecutive ones. Where the run
 * is not at its end, the title says how far it is and how long it still takes.
 *
 * @throws {RangeError} If there is no step.
 */
export function lossCurves(
  metrics: readonly Metric[],
  { title = `Training losses${remainder(metrics)}` }: { title?: string } = {},
): Figure {
  checkGiven(metrics, "the losses", "steps");
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

/** How far a run is and the time left, for a title; nothing at its end. */
export function remainder(metrics: readonly Metric[]): string {
  const { step, steps, secondsLeft }: Partial<Metric> = metrics.at(-1) ?? {};
  if (typeof step !== "number" || typeof steps !== "number" || step >= steps) return "";
  const left = typeof secondsLeft === "number" && secondsLeft > 0
    ? `, ${shortDuration(secondsLeft)} left`
    : "";
  return `: step ${step} of ${steps}${left}`;
}

/**
 * Why the losses first fall and then rise, where a loss compares with queues of earlier images;
 * else `null`.
 */
export function lossRemark(metrics: readonly Metric[]): string | null {
  const compares = metrics.some(({ instance, localGroup }) =>
    (instance ?? localGroup) !== undefined
  );
  return compares
    ? "The losses first fall, while the queues still hold the random vectors with which they " +
      "start. They rise as the queues fill with features of other images, which are harder to " +
      "tell apart, and as the teacher's features spread; then they fall again."
    : null;
}
