import { checkGiven } from "./check_given.ts";
import type { Metric } from "./metrics.ts";
import { type CurvePanel, scoreCurves } from "./score_curves.ts";
import type { Figure } from "./specification.ts";

const panels: readonly CurvePanel[] = [
  { name: "Loss", unit: "cross-entropy (nats)", lines: { total: "training" } },
  {
    name: "Scores on the validation part",
    unit: "share of pixels (%)",
    lines: { mIoU: "mean IoU", mAcc: "mean per class", aAcc: "all pixels" },
  },
];

/**
 * The loss of a segmenter and its scores over the epochs, in the way of
 * {@linkcode classifierCurves}.
 *
 * @throws {RangeError} If there is no step.
 */
export function segmentationCurves(
  metrics: readonly Metric[],
  { title = "Training" }: { title?: string } = {},
): Figure {
  checkGiven(metrics, "the curves of a segmenter", "steps");
  return scoreCurves(metrics, panels, { title });
}
