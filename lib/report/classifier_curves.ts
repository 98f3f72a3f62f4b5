import { checkGiven } from "./check_given.ts";
import type { Metric } from "./metrics.ts";
import { type CurvePanel, scoreCurves } from "./score_curves.ts";
import type { Figure } from "./specification.ts";

const panels: readonly CurvePanel[] = [
  { name: "Loss", unit: "cross-entropy (nats)", lines: { total: "training", testLoss: "test" } },
  { name: "Accuracy on the test part", unit: "top-1 (%)", lines: { top1: "top-1" } },
];

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
  return scoreCurves(metrics, panels, { title });
}
