import type { Backend } from "../compile/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { untrained } from "../models/mod.ts";
import { type MethodScores, scoreAll } from "../protocols/mod.ts";
import { type ComputeRequest, type InputRequest, type Inputs, openInputs } from "./inputs.ts";
import { leaveOut, type LeftOut } from "./leave_out.ts";
import { type JobOptions, type Observer, silent } from "./observer.ts";
import { startBackend } from "./start_backend.ts";
import { toEncoder } from "./weights.ts";

/** What is scored, and how. */
export type ScoreRequest = InputRequest & ComputeRequest & {
  protocol: "knn" | "linear";
  k?: number;
  temperature?: number;
  seed?: number;
  /** The labels that give top-1 and top-5; by default the second coarsest. */
  level?: string;
  /** Whether the baselines, which are not trained, are scored as well. */
  baselines?: boolean;
};

/** Weights and images that were checked and can be scored. */
export type ScoreJob = Inputs & {
  protocol: "knn" | "linear";
  settings: { k: number; temperature: number; seed: number };
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
  { protocol, k = 20, temperature = 0.07, seed = 0, baselines = true, ...request }: ScoreRequest,
  observer?: Observer,
): Promise<ScoreJob> {
  const { backend = null, skipBad = false } = request;
  const inputs = await openInputs(request, { scored: true, observer });
  const levels = Object.keys(inputs.data.classes);
  const level = request.level ?? levels[1] ?? levels[0] ?? "";
  if (!levels.includes(level)) {
    throw new RangeError(`\`level\` takes one of ${levels.join(", ")}, not "${level}"`);
  }
  const settings = { k, temperature, seed };
  return { ...inputs, protocol, settings, level, baselines, skipBad, backend };
}

/** Scores weights, and what they are compared with. */
export async function runScore(
  job: ScoreJob,
  { observer = silent, device }: JobOptions = {},
): Promise<ScoreResult> {
  const { weights, config, precision, settings, protocol, baselines, skipBad } = job;
  const { data, leftOut } = await leaveOut(job.data, { skipBad, observer });
  await startBackend(job.backend, { observer, device });
  using encoders = new DisposableStack();
  const scored = [
    encoders.use(toEncoder(weights, { name: "checkpoint", precision, observer })),
    ...baselines
      ? [encoders.use(untrained({ ...config, seed: settings.seed }, { precision }))]
      : [],
  ];
  const scores = await scoreAll(data, scored, {
    ...{ ...config, ...settings, protocol, baselines },
    onProgress: (count) => observer.count?.(count),
  });
  return { scores, data, leftOut };
}
