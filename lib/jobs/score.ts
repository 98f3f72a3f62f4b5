import type { Backend } from "../compile/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { untrained } from "../models/mod.ts";
import { type Evaluation, manyClasses, type MethodScores, scoreAll } from "../protocols/mod.ts";
import { type ComputeRequest, type InputRequest, type Inputs, openInputs } from "./inputs.ts";
import { leaveOut, type LeftOut } from "./leave_out.ts";
import { levelOf } from "./level.ts";
import { type Observer, silent } from "./observer.ts";
import { meet, type SharedJobOptions, startTogether } from "./start_together.ts";
import { toEncoder } from "./weights.ts";

/** What is scored, and how. */
export type ScoreRequest = InputRequest & ComputeRequest & {
  protocol: "knn" | "linear";
  /** Numbers of neighbors and temperatures; of several, each pair is scored by itself. */
  k?: readonly number[];
  temperature?: readonly number[];
  /**
   * The labels that give top-1 and top-5; by default those by which the field scores the data, or
   * the second coarsest.
   */
  level?: string;
  /** Whether the baselines, which are not trained, are scored as well. */
  baselines?: boolean;
};

/** Weights and images that were checked and can be scored. */
export type ScoreJob = Inputs & {
  protocol: "knn" | "linear";
  settings: Required<Pick<Evaluation, "k" | "temperature" | "seed">> & Pick<Evaluation, "sweep">;
  level: string;
  baselines: boolean;
  skipBad: boolean;
  /** `null` for the best that this machine has. */
  backend: Backend | null;
};

/** The scores of the weights, and of the baselines beside them. */
export type ScoreResult = { scores: MethodScores[]; data: Dataset; leftOut: LeftOut };

/**
 * Checks weights and images before anything is downloaded.
 *
 * @throws {Error} If they cannot be scored: why, and what to do.
 */
export async function prepareScore(
  { protocol, k: ks = [20], temperature: temperatures = [0.07], ...request }: ScoreRequest,
  observer?: Observer,
): Promise<ScoreJob> {
  const { backend = null, skipBad = false, seed = 0, baselines = true } = request;
  const inputs = await openInputs(request, { scored: true, observer });
  const level = levelOf(inputs.data, request.level);
  const [k, temperature] = [ks[0] ?? 20, temperatures[0] ?? 0.07];
  for (const k of protocol === "knn" && ks.length > 1 ? ks : []) {
    const images = inputs.data.train.length;
    if (k > images) observer?.tell(`note: k ${k} is left out: there are ${images} images to learn`);
  }
  const several = protocol === "knn" && ks.length * temperatures.length > 1;
  const settings = { k, temperature, seed, ...several && { sweep: { ks, temperatures } } };
  const job = { ...inputs, protocol, settings, level, baselines, skipBad, backend };
  if (protocol === "linear") noteManyClasses(job, observer);
  return job;
}

function noteManyClasses({ data, baselines }: ScoreJob, observer?: Observer): void {
  const classes = Math.max(...Object.values(data.classes).map(({ length }) => length));
  if (classes <= manyClasses) return;
  const others = baselines ? "; without `baselines` only the checkpoint is probed" : "";
  observer?.tell(
    `note: of ${classes} classes, learning rates are compared over a tenth of the passes${others}`,
  );
}

/** Scores weights, and what they are compared with. */
export async function runScore(
  job: ScoreJob,
  { observer = silent, ...computing }: SharedJobOptions = {},
): Promise<ScoreResult> {
  const { weights, config, precision, settings, protocol, baselines, skipBad } = job;
  const { data, leftOut } = await leaveOut(job.data, { skipBad, observer });
  const processes = await startTogether(job.backend, { observer, ...computing });
  using encoders = new DisposableStack();
  const scored = [
    encoders.use(toEncoder(weights, { name: "checkpoint", precision, observer })),
    ...baselines
      ? [encoders.use(untrained({ ...config, seed: settings.seed }, { precision }))]
      : [],
  ];
  const scores = await scoreAll(data, scored, {
    ...{ ...config, ...settings, protocol, baselines, processes },
    onProgress: (count) => observer.count?.(count),
  });
  meet();
  return { scores, data, leftOut };
}
