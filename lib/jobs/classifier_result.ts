import type { Score } from "../protocols/mod.ts";
import type { Line } from "../runs/mod.ts";
import type { LeftOut } from "./leave_out.ts";
import type { ClassifierJob } from "./prepare_classifier.ts";
import { type TrainedResult, trainedResult } from "./trained_result.ts";

/** The scores of a classifier after a step. */
export type ClassifierEvaluation = Score & { step: number; epoch: number; testLoss: number };

/** What the training of a classifier has left. */
export type ClassifierResult = TrainedResult<ClassifierEvaluation> & { leftOut: LeftOut };

/** The evaluations among the lines of a run's metrics, as of those that `follow` yields. */
export function evaluationsIn(lines: readonly Line[]): ClassifierEvaluation[] {
  return lines.filter(({ top1 }) => top1 !== undefined)
    .map(({ step, epoch, top1, top5, perClass, testLoss }) => ({
      ...{ step, epoch, top1, top5, testLoss },
      ...perClass !== undefined && { perClass },
    } as ClassifierEvaluation));
}

/** The result of a run from its metrics; the best evaluation is that of the greatest top-1. */
export async function resultOf(
  job: Pick<ClassifierJob, "path" | "setup">,
  leftOut: LeftOut,
): Promise<ClassifierResult> {
  return { ...await trainedResult(job, { evaluationsIn, score: ({ top1 }) => top1 }), leftOut };
}
