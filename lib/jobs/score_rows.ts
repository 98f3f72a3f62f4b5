import type { Dataset } from "../datasets/mod.ts";
import { describeBackbone } from "../models/mod.ts";
import { measuredRows, type ProtocolRow, type Row, type Scored } from "../report/mod.ts";
import type { ClassifierResult } from "./classifier_result.ts";
import type { ClassifierJob } from "./prepare_classifier.ts";
import { randomName } from "./protocol_rows.ts";
import type { ScoreJob, ScoreResult } from "./score.ts";
import type { LinearJob, LinearResult } from "./score_linear.ts";
import type { LogisticJob, LogisticResult } from "./score_logistic.ts";
import type { Weights } from "./weights.ts";

/** Scores of k-NN or of a linear probe as rows of the table, as `table.json` holds them. */
export function rowsOfScores(
  { config, settings: { seed } }: Pick<ScoreJob, "config" | "settings">,
  { scores, data }: Pick<ScoreResult, "scores" | "data">,
): Row[] {
  return tableRows(scores, { config, data, seed });
}

/** The best of the linear classifiers on augmented images as a row of the table. */
export function rowsOfClassifiers(
  { config, data, level, seed }: LinearJob,
  { scores, selection: { best } }: LinearResult,
): Row[] {
  const linear = scores[best.epoch]![best.index]!;
  const chance = 100 / data.classes[level]!.length;
  const score = { level, knn: null, linear, chance };
  return tableRows([{ method: "checkpoint", kind: "trained", scores: [score] }], {
    ...{ config, data, seed },
  });
}

/** Scores of logistic regression as rows of a protocol's table, one for each penalty. */
export function rowsOfFits(
  { config, data, level }: LogisticJob,
  { fits }: LogisticResult,
  { seed }: { seed: number },
): ProtocolRow[] {
  const { arch } = networkOf(config);
  return fits.map(({ lambda, top1 }) => ({
    ...{ method: "checkpoint", arch, epochs: null, setting: `${level}, lambda ${lambda}` },
    ...{ column: "logistic", value: top1, data: data.name, seed },
  }));
}

/** The best score of a classifier that was trained on labels as a row of a protocol's table. */
export function rowsOfTraining(
  { setup: { config }, weights, fromScratch, level, data }: ClassifierJob,
  { best }: ClassifierResult,
): ProtocolRow[] {
  return [{
    method: fromScratch ? randomName : "checkpoint",
    ...{ arch: networkOf(weights.config).arch, epochs: null, setting: level },
    ...{ column: config.protocol, value: best.top1, data: data.name, seed: config.seed },
  }];
}

function tableRows(
  scores: readonly Scored[],
  { config, data, seed }: { config: Weights["config"]; data: Dataset; seed: number },
): Row[] {
  return measuredRows(scores, {
    data: data.name,
    levels: Object.keys(data.classes).length,
    config: { preset: config.preset ?? null, seed },
    network: networkOf(config),
    trained: null,
  });
}

function networkOf(config: Weights["config"]) {
  return describeBackbone({ ...config, arch: config.arch ?? "custom" });
}
