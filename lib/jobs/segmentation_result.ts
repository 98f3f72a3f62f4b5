import type { ProtocolRow } from "../report/mod.ts";
import type { Line } from "../runs/mod.ts";
import { denseRows } from "./dense_training.ts";
import type { SegmentationJob } from "./prepare_segmentation.ts";
import type { PixelScore } from "./scoring_pixels.ts";
import { type TrainedResult, trainedResult } from "./trained_result.ts";

/** The scores of a segmenter after a step. */
export type SegmentationEvaluation = PixelScore & { step: number; epoch: number };

/** What the training of a segmenter has left. */
export type SegmentationResult = TrainedResult<SegmentationEvaluation>;

/** The result of a run from its metrics; the best evaluation is that of the greatest mean IoU. */
export function segmentationResult(
  job: Pick<SegmentationJob, "path" | "setup">,
): Promise<SegmentationResult> {
  return trainedResult(job, { evaluationsIn: evaluationsOf, score: ({ mIoU }) => mIoU });
}

function evaluationsOf(lines: readonly Line[]): SegmentationEvaluation[] {
  return lines.filter(({ mIoU }) => mIoU !== undefined)
    .map(({ step, epoch, mIoU, mAcc, aAcc }) => ({
      ...{ step, epoch, mIoU, mAcc, aAcc },
    } as SegmentationEvaluation));
}

/** The best scores of a segmenter as rows of its protocol's table, one for each column. */
export function rowsOfSegmentation(
  job: SegmentationJob,
  { best: { mIoU, mAcc, aAcc } }: SegmentationResult,
): ProtocolRow[] {
  const { head } = job.setup.config;
  const scores = Object.entries({ mIoU, mAcc, aAcc });
  const name = head === "upernet" ? "UPerNet" : head;
  return denseRows(
    job,
    Object.fromEntries(scores.map(([score, value]) => [`${name} ${score}`, value])),
  );
}
