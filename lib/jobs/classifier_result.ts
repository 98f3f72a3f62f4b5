import type { Score } from "../protocols/mod.ts";
import { type CurvePoint, thin } from "../report/mod.ts";
import { type Line, pathOf, readLines } from "../runs/mod.ts";
import type { LeftOut } from "./leave_out.ts";
import type { ClassifierJob } from "./prepare_classifier.ts";

/** The scores of a classifier after a step. */
export type ClassifierEvaluation = Score & { step: number; epoch: number; testLoss: number };

/** What the training of a classifier has left. */
export type ClassifierResult = {
  /** The best evaluation, which the original reports: that of the greatest top-1 accuracy. */
  best: ClassifierEvaluation;
  /** The evaluation after the last step. */
  last: ClassifierEvaluation;
  evaluations: ClassifierEvaluation[];
  /** Seconds of training and of evaluations, over all parts of the run. */
  seconds: number;
  imagesPerSecond: number;
  leftOut: LeftOut;
  curve: CurvePoint[];
  /** The path of its last checkpoint. */
  checkpoint: string;
};

/** The evaluations among the lines of a run's metrics, as of those that `follow` yields. */
export function evaluationsIn(lines: readonly Line[]): ClassifierEvaluation[] {
  return lines.filter(({ top1 }) => top1 !== undefined)
    .map(({ step, epoch, top1, top5, perClass, testLoss }) => ({
      ...{ step, epoch, top1, top5, testLoss },
      ...perClass !== undefined && { perClass },
    } as ClassifierEvaluation));
}

/** The result of a run from its metrics. */
export async function resultOf(
  { path, setup: { config } }: Pick<ClassifierJob, "path" | "setup">,
  leftOut: LeftOut,
): Promise<ClassifierResult> {
  const lines = await readLines({ path });
  const evaluations = evaluationsIn(lines);
  const last = evaluations.at(-1);
  if (!last) throw new Error(`Cannot read the scores of ${path}: it was not evaluated`);
  const best = evaluations.reduce((best, next) => next.top1 > best.top1 ? next : best);
  const seconds = Number(lines.at(-1)!.seconds);
  return {
    ...{ best, last, evaluations, seconds, leftOut },
    imagesPerSecond: lines.length * config.batchSize / seconds,
    curve: thin(lines as unknown as CurvePoint[]),
    checkpoint: pathOf({ path }, "checkpoint.safetensors"),
  };
}
