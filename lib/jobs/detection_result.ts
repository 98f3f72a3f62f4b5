import type { ProtocolRow } from "../report/mod.ts";
import type { Line } from "../runs/mod.ts";
import { denseRows } from "./dense_training.ts";
import type { DetectionJob } from "./prepare_detection.ts";
import type { ObjectScores } from "./scoring_objects.ts";
import { type TrainedResult, trainedResult } from "./trained_result.ts";

/** The scores of a detector after a step. */
export type DetectionEvaluation = ObjectScores & { step: number; epoch: number };

/** What the training of a detector has left. */
export type DetectionResult = TrainedResult<DetectionEvaluation>;

/** The result of a run from its metrics; the best evaluation is that of the greatest box AP. */
export function detectionResult(
  job: Pick<DetectionJob, "path" | "setup">,
): Promise<DetectionResult> {
  return trainedResult(job, { evaluationsIn: evaluationsOf, score: ({ boxAP }) => boxAP });
}

function evaluationsOf(lines: readonly Line[]): DetectionEvaluation[] {
  return lines.filter(({ boxAP }) => boxAP !== undefined)
    .map(({ step, epoch, boxAP, boxAP50, boxAP75, maskAP, maskAP50, maskAP75 }) => ({
      ...{ step, epoch, boxAP, boxAP50, boxAP75, maskAP, maskAP50, maskAP75 },
    } as DetectionEvaluation));
}

/** The columns of the table, which papers report, and where each stands in an evaluation. */
const columns = {
  "box AP": "boxAP",
  "box AP50": "boxAP50",
  "box AP75": "boxAP75",
  "mask AP": "maskAP",
  "mask AP50": "maskAP50",
  "mask AP75": "maskAP75",
} as const satisfies Record<string, keyof ObjectScores>;

/** The best scores of a detector as rows of its protocol's table, one for each column. */
export function rowsOfDetection(
  job: DetectionJob,
  { best }: DetectionResult,
): ProtocolRow[] {
  const scores = Object.entries(columns).map(([column, name]) => [column, best[name]]);
  return denseRows(job, Object.fromEntries(scores));
}
