import { escapeControls } from "../images/mod.ts";
import { describeBackbone } from "../models/mod.ts";
import { type CurvePoint, type ProtocolRow, thin } from "../report/mod.ts";
import { type Line, pathOf, readLines } from "../runs/mod.ts";
import type { DetectionJob } from "./prepare_detection.ts";
import { randomName } from "./protocol_rows.ts";
import type { ObjectScores } from "./scoring_objects.ts";

/** The scores of a detector after a step. */
export type DetectionEvaluation = ObjectScores & { step: number; epoch: number };

/** What the training of a detector has left. */
export type DetectionResult = {
  /** The best evaluation, which is reported: that of the greatest box AP. */
  best: DetectionEvaluation;
  /** The evaluation after the last step. */
  last: DetectionEvaluation;
  evaluations: DetectionEvaluation[];
  /** Seconds of training and of evaluations, over all parts of the run. */
  seconds: number;
  imagesPerSecond: number;
  curve: CurvePoint[];
  /** The path of its last checkpoint. */
  checkpoint: string;
};

/** The result of a run from its metrics. */
export async function detectionResult(
  { path, setup: { config } }: Pick<DetectionJob, "path" | "setup">,
): Promise<DetectionResult> {
  const lines = await readLines({ path });
  const evaluations = evaluationsOf(lines);
  const last = evaluations.at(-1);
  if (!last) {
    throw new Error(`Cannot read the scores of ${escapeControls(path)}: it was not evaluated`);
  }
  const best = evaluations.reduce((best, next) => next.boxAP > best.boxAP ? next : best);
  const seconds = Number(lines.at(-1)!.seconds);
  return {
    ...{ best, last, evaluations, seconds },
    imagesPerSecond: lines.length * config.batchSize / seconds,
    curve: thin(lines as unknown as CurvePoint[]),
    checkpoint: pathOf({ path }, "checkpoint.safetensors"),
  };
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
  { setup: { config }, weights, fromScratch, data }: DetectionJob,
  { best }: DetectionResult,
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
  return Object.entries(columns).map(([column, name]) => ({ ...row, column, value: best[name] }));
}
