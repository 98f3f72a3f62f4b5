import { escapeControls } from "../images/mod.ts";
import { type CurvePoint, thin } from "../report/mod.ts";
import { type Line, pathOf, readLines } from "../runs/mod.ts";

/** What a training under a protocol has left. */
export type TrainedResult<Evaluation> = {
  /** The best evaluation, which is reported: that of the greatest main score. */
  best: Evaluation;
  /** The evaluation after the last step. */
  last: Evaluation;
  evaluations: Evaluation[];
  /** Seconds of training and of evaluations, over all parts of the run. */
  seconds: number;
  imagesPerSecond: number;
  curve: CurvePoint[];
  /** The path of its last checkpoint. */
  checkpoint: string;
};

/** What {@linkcode trainedResult} needs to know of evaluations. */
export type Evaluating<Evaluation> = {
  /** Those among the lines of a run's metrics. */
  evaluationsIn(lines: readonly Line[]): Evaluation[];
  /** The score by which the best one is chosen; of equal ones the first. */
  score(evaluation: Evaluation): number;
};

/** The result of a run from its metrics. */
export async function trainedResult<Evaluation>(
  { path, setup: { config } }: { path: string; setup: { config: { batchSize: number } } },
  { evaluationsIn, score }: Evaluating<Evaluation>,
): Promise<TrainedResult<Evaluation>> {
  const lines = await readLines({ path });
  const evaluations = evaluationsIn(lines);
  const last = evaluations.at(-1);
  if (!last) {
    throw new Error(`Cannot read the scores of ${escapeControls(path)}: it was not evaluated`);
  }
  const best = evaluations.reduce((best, next) => score(next) > score(best) ? next : best);
  const seconds = Number(lines.at(-1)!.seconds);
  return {
    ...{ best, last, evaluations, seconds },
    imagesPerSecond: lines.length * config.batchSize / seconds,
    curve: thin(lines as unknown as CurvePoint[]),
    checkpoint: pathOf({ path }, "checkpoint.safetensors"),
  };
}
