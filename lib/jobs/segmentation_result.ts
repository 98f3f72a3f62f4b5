import { escapeControls } from "../images/mod.ts";
import { describeBackbone } from "../models/mod.ts";
import { type CurvePoint, type ProtocolRow, thin } from "../report/mod.ts";
import { type Line, pathOf, readLines } from "../runs/mod.ts";
import type { SegmentationJob } from "./prepare_segmentation.ts";
import { randomName } from "./protocol_rows.ts";
import type { PixelScore } from "./scoring_pixels.ts";

/** The scores of a segmenter after a step. */
export type SegmentationEvaluation = PixelScore & { step: number; epoch: number };

/** What the training of a segmenter has left. */
export type SegmentationResult = {
  /** The best evaluation, which is reported: that of the greatest mean IoU. */
  best: SegmentationEvaluation;
  /** The evaluation after the last step. */
  last: SegmentationEvaluation;
  evaluations: SegmentationEvaluation[];
  /** Seconds of training and of evaluations, over all parts of the run. */
  seconds: number;
  imagesPerSecond: number;
  curve: CurvePoint[];
  /** The path of its last checkpoint. */
  checkpoint: string;
};

/** The result of a run from its metrics. */
export async function segmentationResult(
  { path, setup: { config } }: Pick<SegmentationJob, "path" | "setup">,
): Promise<SegmentationResult> {
  const lines = await readLines({ path });
  const evaluations = evaluationsOf(lines);
  const last = evaluations.at(-1);
  if (!last) {
    throw new Error(`Cannot read the scores of ${escapeControls(path)}: it was not evaluated`);
  }
  const best = evaluations.reduce((best, next) => next.mIoU > best.mIoU ? next : best);
  const seconds = Number(lines.at(-1)!.seconds);
  return {
    ...{ best, last, evaluations, seconds },
    imagesPerSecond: lines.length * config.batchSize / seconds,
    curve: thin(lines as unknown as CurvePoint[]),
    checkpoint: pathOf({ path }, "checkpoint.safetensors"),
  };
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
