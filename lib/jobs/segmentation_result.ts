import { describeBackbone } from "../models/mod.ts";
import type { ProtocolRow } from "../report/mod.ts";
import type { Line } from "../runs/mod.ts";
import type { SegmentationJob } from "./prepare_segmentation.ts";
import { randomName } from "./protocol_rows.ts";
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
  { setup: { config }, weights, fromScratch, data }: SegmentationJob,
  { best }: SegmentationResult,
): ProtocolRow[] {
  const { arch = "custom", ...sizes } = weights.config;
  const row = {
    method: fromScratch ? randomName : "checkpoint",
    arch: describeBackbone({ ...sizes, arch }).arch,
    epochs: null,
    setting: config.preset,
    data: data.name,
    seed: config.seed,
  };
  const head = config.head === "upernet" ? "UPerNet" : config.head;
  return (["mIoU", "mAcc", "aAcc"] as const)
    .map((name) => ({ ...row, column: `${head} ${name}`, value: best[name] }));
}
