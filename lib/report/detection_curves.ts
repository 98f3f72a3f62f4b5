import { checkGiven } from "./check_given.ts";
import type { Metric } from "./metrics.ts";
import { type CurvePanel, scoreCurves } from "./score_curves.ts";
import type { Figure } from "./specification.ts";

const panels: readonly CurvePanel[] = [
  { name: "Loss", unit: "sum of all losses", lines: { total: "training" } },
  {
    name: "Scores on the validation part",
    unit: "average precision (%)",
    lines: { boxAP: "boxes", maskAP: "masks" },
  },
];

/**
 * The loss of a detector and its scores over the epochs, in the way of
 * {@linkcode classifierCurves}.
 *
 * @throws {RangeError} If there is no step.
 */
export function detectionCurves(
  metrics: readonly Metric[],
  { title = "Training" }: { title?: string } = {},
): Figure {
  checkGiven(metrics, "the curves of a detector", "steps");
  return scoreCurves(metrics, panels, { title });
}
