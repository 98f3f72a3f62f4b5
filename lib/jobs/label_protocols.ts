import type { Dataset } from "../datasets/mod.ts";
import type { Score } from "../protocols/mod.ts";
import type {
  AugmentedProbeRequest,
  DetailedScore,
  Evaluated,
  EvaluateRequest,
  LabelProtocolName,
} from "./evaluate_request.ts";
import { linearRequest, refuseSettings } from "./linear_request.ts";
import type { JobOptions } from "./observer.ts";
import { prepareClassifier } from "./prepare_classifier.ts";
import { runClassifier } from "./run_classifier.ts";
import { prepareScore, runScore, type ScoreRequest } from "./score.ts";
import { prepareLinear, runLinear } from "./score_linear.ts";
import { prepareLogistic, runLogistic } from "./score_logistic.ts";
import { rowsOfClassifiers, rowsOfFits, rowsOfScores, rowsOfTraining } from "./score_rows.ts";
import { classifierRequest, type TrainedRequest } from "./trained_request.ts";

/** What a protocol has measured on which data. */
export type LabelOutcome = Pick<Evaluated, "rows" | "scores" | "leftOut"> & { data: Dataset };

/** A protocol: checks a request and does what it says. */
export type Protocol<Request> = (request: Request, options: JobOptions) => Promise<LabelOutcome>;

/** The request of a protocol. */
type RequestOf<Name extends LabelProtocolName> = Extract<EvaluateRequest, { protocol: Name }>;

/** The protocols that score labels, by the names that the command line gives them. */
export const labelProtocols: {
  [Name in LabelProtocolName]: Protocol<RequestOf<Name>>;
} = {
  knn,
  linear,
  logistic,
  "fine-tune": classifier,
  "semi-supervised": classifier,
  transfer: classifier,
};

async function knn(
  { k, temperature, ...request }: RequestOf<"knn">,
  options: JobOptions,
): Promise<LabelOutcome> {
  return await frozen({
    ...request,
    ...k !== undefined && { k: [k].flat() },
    ...temperature !== undefined && { temperature: [temperature].flat() },
  }, options);
}

async function linear(request: RequestOf<"linear">, options: JobOptions): Promise<LabelOutcome> {
  if (request.augment) return await augmented(request, options);
  const { augment: _, ...probe } = request;
  refuseSettings(probe);
  return await frozen(probe, options);
}

/** The scores of every classifier at its best epoch; the row has the best of them. */
async function augmented(
  { augment: _, protocol: __, ...request }: AugmentedProbeRequest,
  options: JobOptions,
): Promise<LabelOutcome> {
  const job = await prepareLinear(linearRequest(request), options.observer);
  const result = await runLinear(job, options);
  const scores = job.recipes.map(({ rate, weightDecay, optimizer }, i): DetailedScore => {
    const epochs = result.scores.map((epoch) => epoch[i]!);
    const best = epochs.reduce((best, { top1 }, at) => top1 > epochs[best]!.top1 ? at : best, 0);
    return {
      ...{ method: "checkpoint", kind: "trained", level: job.level, ...scoreIn(epochs[best]!) },
      setting: { learningRate: rate, weightDecay, optimizer, epoch: best + 1 },
    };
  });
  const rows = rowsOfClassifiers(job, result);
  return { rows, scores, data: job.data, leftOut: result.leftOut };
}

async function frozen(request: ScoreRequest, options: JobOptions): Promise<LabelOutcome> {
  const job = await prepareScore(request, options.observer);
  const { scores, data, leftOut } = await runScore(job, options);
  const details = scores.flatMap(({ method, kind, scores }) =>
    scores.flatMap(({ level, sweep, ...score }): DetailedScore[] => {
      const of = { method, kind, level };
      if (sweep) {
        return sweep.map(({ k, temperature, ...rest }) => ({
          ...{ ...of, ...rest, setting: { k, temperature } },
        }));
      }
      const only = score[job.protocol];
      return only ? [{ ...of, ...scoreIn(only) }] : [];
    })
  );
  return { rows: rowsOfScores(job, { scores, data }), scores: details, data, leftOut };
}

async function logistic(
  { lambda, ...request }: RequestOf<"logistic">,
  options: JobOptions,
): Promise<LabelOutcome> {
  const job = await prepareLogistic({
    ...request,
    ...lambda !== undefined && { lambda: [lambda].flat() },
  }, options.observer);
  const result = await runLogistic(job, options);
  const scores = result.fits.map(({ lambda, ...fit }): DetailedScore => ({
    ...{ method: "checkpoint", kind: "trained", level: job.level, setting: { lambda } },
    ...scoreIn(fit),
  }));
  const rows = rowsOfFits(job, result, { seed: request.seed ?? 0 });
  return { rows, scores, data: job.data, leftOut: result.leftOut };
}

async function classifier(request: TrainedRequest, options: JobOptions): Promise<LabelOutcome> {
  const job = await prepareClassifier(classifierRequest(request), options.observer);
  const result = await runClassifier(job, options);
  const { best, leftOut } = result;
  const { level, data } = job;
  const setting = { epoch: best.epoch };
  const score: DetailedScore = {
    method: "checkpoint",
    kind: "trained",
    level,
    setting,
    ...scoreIn(best),
  };
  return { rows: rowsOfTraining(job, result), scores: [score], data, leftOut };
}

/** The score alone, of what else is said beside it. */
function scoreIn({ top1, top5, perClass }: Score): Score {
  return { top1, top5, ...perClass !== undefined && { perClass } };
}
