import { checkOptions, checkValue, requestFields } from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import type { Score } from "../protocols/mod.ts";
import type { Kind, ProtocolRow, Row } from "../report/mod.ts";
import { displayedScores } from "./displayed_scores.ts";
import type { LeftOut } from "./leave_out.ts";
import { defaultObserver } from "./notebook_observer.ts";
import type { JobOptions } from "./observer.ts";
import { prepareClassifier } from "./prepare_classifier.ts";
import { runClassifier } from "./run_classifier.ts";
import { evaluateOptions } from "./request_options.ts";
import { prepareScore, runScore, type ScoreRequest } from "./score.ts";
import { rowsOfFits, rowsOfScores, rowsOfTraining } from "./score_rows.ts";
import { type LogisticRequest, prepareLogistic, runLogistic } from "./score_logistic.ts";
import { classifierRequest, type TrainedRequest } from "./trained_request.ts";

/** The score of a method at a level of the labels, and of one setting where several were tried. */
export type DetailedScore = Score & {
  /** `checkpoint`, or the name of a baseline. */
  method: string;
  kind: Kind;
  level: string;
  /** What distinguishes scores of one method and level, such as `{ lambda: 0.1 }`. */
  setting?: Record<string, number>;
};

/** What a protocol has measured; a notebook shows it as a table. */
export type Evaluated<AnyRow extends Row | ProtocolRow = Row | ProtocolRow> = {
  protocol: ProtocolName;
  /** The weights that were scored. */
  checkpoint: string;
  /** The name of the data set. */
  data: string;
  /** Rows of the table, as `deno task evaluate --json` prints them and `table.json` holds them. */
  rows: AnyRow[];
  /** All that was measured: every level, every setting, top-5 and the mean over the classes. */
  scores: DetailedScore[];
  leftOut: LeftOut;
};

type Outcome = Pick<Evaluated, "rows" | "scores" | "leftOut"> & { data: Dataset };

/** A protocol: checks a request and does what it says. */
type Protocol<Request> = (request: Request, options: JobOptions) => Promise<Outcome>;

/** One number, or several that are tried one after the other. */
export type OneOrMore = number | readonly number[];

/** What is scored by k-NN or a linear probe on frozen features. */
export type FrozenRequest =
  & Omit<ScoreRequest, "protocol" | "k" | "temperature">
  & ({ protocol: "knn"; k?: OneOrMore; temperature?: OneOrMore } | { protocol: "linear" });

/** What is scored by which protocol: what the command line takes, under the same names. */
export type EvaluateRequest = FrozenRequest | LabelFitRequest;

/** What is scored by a classifier of the labels, which the network may be trained with. */
export type LabelFitRequest =
  | (Omit<LogisticRequest, "lambda"> & { protocol: "logistic"; lambda?: OneOrMore })
  | TrainedRequest;

/** The name of a protocol. */
export type ProtocolName = EvaluateRequest["protocol"];

/** The protocols by the names that the command line gives them. */
const protocols: {
  [Name in ProtocolName]: Protocol<Extract<EvaluateRequest, { protocol: Name }>>;
} = {
  knn,
  linear: frozen,
  logistic,
  "fine-tune": classifier,
  "semi-supervised": classifier,
  transfer: classifier,
};

/**
 * Scores a checkpoint on the test part of a data set by k-NN or a linear probe, as
 * `deno task evaluate` does: the same protocols, options, checks and rows, but for `video`, and for
 * `linear` with `--augment`, which the room of jobs offers by itself.
 *
 * @example The accuracy of k-NN on the features of a run
 * ```ts
 * import { evaluate } from "mugs";
 *
 * const checkpoint = "run/checkpoint.safetensors";
 * const { rows } = await evaluate({ protocol: "knn", checkpoint, data: "images" });
 * console.log(rows[0]?.knn);
 * ```
 *
 * @throws {RangeError} If there is no such protocol, or an option does not take its value.
 * @throws {TypeError} If there is no such option.
 * @throws {Error} If it cannot be scored: why, and what to do.
 */
export function evaluate(request: FrozenRequest, options?: JobOptions): Promise<Evaluated<Row>>;
/** Scores a checkpoint by a classifier of the labels, with the rows of that protocol's table. */
export function evaluate(
  request: LabelFitRequest,
  options?: JobOptions,
): Promise<Evaluated<ProtocolRow>>;
export async function evaluate(
  request: EvaluateRequest,
  { observer = defaultObserver(), ...options }: JobOptions = {},
): Promise<Evaluated<Row & ProtocolRow> | Evaluated> {
  const { protocol, checkpoint } = request;
  const names = Object.keys(protocols);
  if (!names.includes(protocol)) {
    if (protocol === undefined) {
      throw new TypeError(`evaluate() needs \`protocol\`, one of ${names.join(", ")}`);
    }
    throw new RangeError(`\`protocol\` takes one of ${names.join(", ")}, not "${protocol}"`);
  }
  if (typeof checkpoint !== "string") {
    throw new TypeError("evaluate() needs `checkpoint`, the path of a file");
  }
  checkOptions(request, evaluateOptions[protocol]);
  checkNumbers(request);
  const run = protocols[protocol] as Protocol<EvaluateRequest>;
  const { data, ...outcome } = await run(request, { ...options, observer });
  return displayedScores({ protocol, checkpoint, data: data.name, ...outcome });
}

/** Refuses numbers that their options do not take, each of a list by itself. */
function checkNumbers(request: Readonly<Record<string, unknown>>): void {
  for (const name of ["k", "temperature"] as const) {
    const values = [request[name]].flat();
    if (values.length === 0) throw new RangeError(`\`${name}\` is empty: give a number`);
    for (const value of values) checkValue(name, value, requestFields[name]);
  }
  const { lambda } = request;
  if (lambda !== undefined) checkValue("lambda", [lambda].flat(), requestFields.lambda);
}

async function knn(
  { k, temperature, ...request }: Extract<FrozenRequest, { protocol: "knn" }>,
  options: JobOptions,
): Promise<Outcome> {
  return await frozen({
    ...request,
    ...k !== undefined && { k: [k].flat() },
    ...temperature !== undefined && { temperature: [temperature].flat() },
  }, options);
}

async function frozen(request: ScoreRequest, options: JobOptions): Promise<Outcome> {
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
  { lambda, ...request }: Extract<EvaluateRequest, { protocol: "logistic" }>,
  options: JobOptions,
): Promise<Outcome> {
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

async function classifier(request: TrainedRequest, options: JobOptions): Promise<Outcome> {
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
