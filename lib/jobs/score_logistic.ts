import type { Backend } from "../compile/mod.ts";
import { atLevel, disposePair, extract, fitLogistic, type LogisticFit } from "../protocols/mod.ts";
import { type ComputeRequest, type InputRequest, type Inputs, openInputs } from "./inputs.ts";
import { leaveOut, type LeftOut } from "./leave_out.ts";
import { levelOf } from "./level.ts";
import { type Observer, silent } from "./observer.ts";
import { meet, type SharedJobOptions, startTogether } from "./start_together.ts";
import { toEncoder } from "./weights.ts";

/** The weights of the penalty that the original tries; its README leaves out the last two. */
export const logisticLambdas: readonly number[] = [0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3];

/** What is scored by logistic regression, and how. */
export type LogisticRequest = InputRequest & ComputeRequest & {
  /** Weights of the penalty, times the number of images to learn from. */
  lambda?: readonly number[];
  level?: string;
};

/** What was checked and can be scored. */
export type LogisticJob = Inputs & {
  lambdas: readonly number[];
  level: string;
  skipBad: boolean;
  /** `null` for the best that this machine has. */
  backend: Backend | null;
};

/** The scores for every weight of the penalty. */
export type LogisticResult = { fits: LogisticFit[]; leftOut: LeftOut };

/**
 * Checks weights and images before anything is downloaded.
 *
 * @throws {Error} If they cannot be scored: why, and what to do.
 */
export async function prepareLogistic(
  { lambda: lambdas = logisticLambdas, ...request }: LogisticRequest,
  observer?: Observer,
): Promise<LogisticJob> {
  const { skipBad = false, backend = null } = request;
  const inputs = await openInputs(request, { scored: true, observer });
  return { ...inputs, lambdas, level: levelOf(inputs.data, request.level), skipBad, backend };
}

/** Fits a logistic regression on frozen features for every weight of the penalty. */
export async function runLogistic(
  job: LogisticJob,
  { observer = silent, ...computing }: SharedJobOptions = {},
): Promise<LogisticResult> {
  const { weights, config, precision, lambdas, level, skipBad } = job;
  const { data, leftOut } = await leaveOut(job.data, { skipBad, observer });
  const processes = await startTogether(job.backend, { observer, ...computing });
  using encoder = toEncoder(weights, { name: "checkpoint", precision, observer });
  const total = data.train.length + data.test.length;
  const onProgress = (done: number) => observer.count?.({ what: "features", done, total });
  const pair = await extract(data, encoder, { ...config, onProgress, processes });
  meet();
  const [train, test] = [atLevel(pair.train, level), atLevel(pair.test, level)];
  const fits: LogisticFit[] = [];
  for await (
    const fit of fitLogistic(train, test, {
      lambdas,
      perClass: data.usual?.score === "perClass",
      onProgress: (line) => observer.tell(line),
    })
  ) fits.push(fit);
  disposePair(pair);
  return { fits, leftOut };
}
