import { inputFlags, labelFlags, print, printJson, shared, type Work } from "../../cli/mod.ts";
import type {
  Computing,
  ScoreJob,
  ScoreRequest,
  ScoreResult,
  StandardError,
} from "../../jobs/mod.ts";
import type { Row } from "../../report/mod.ts";
import { membershipOf, workAsGroup } from "../group.ts";
import { levelFlag, provenance, scoreText } from "./score_lines.ts";

/** Flags of both k-NN and linear probing. */
export const frozenFlags = {
  ...inputFlags,
  ...labelFlags,
  ...levelFlag,
  baselines: {
    kind: "switch",
    default: true,
    about: "Also score the baselines, which are not trained",
  },
  seed: shared.seed,
  json: shared.json,
} as const;

/** Scores features that are made once, by k-NN or by a linear probe, and prints the scores. */
export async function scoreFrozen(
  { json, device, compiler, deterministic, processes, ...request }:
    & ScoreRequest
    & Computing
    & { json: boolean; processes: number },
  screen: StandardError,
): Promise<Work> {
  const jobs = await import("../../jobs/mod.ts");
  const { cluster, isFirst, launches, ...membership } = await membershipOf({ processes });
  const observer = membership.observer(screen);
  const job = await jobs.prepareScore(request, observer);
  if (processes > 1) jobs.checkExchange(request.backend);
  if (launches) return () => workAsGroup({ count: processes });
  return async () => {
    using _ = screen;
    const options = { observer, cluster, device, compiler, deterministic };
    const result = await jobs.runScore(job, options);
    if (!isFirst) return;
    if (json) return printJson(record(job, result, jobs.rowsOfScores(job, result)));
    print(lines(job, result) + jobs.leftOutLine(result.leftOut));
  };
}

/** A line for each score. */
function lines({ protocol }: ScoreJob, { scores, data }: ScoreResult): string {
  const lines = Object.keys(data.classes).flatMap((level) =>
    scores.flatMap(({ method, scores }) => {
      const score = scores.find((score) => score.level === level);
      const only = score?.[protocol];
      if (score?.sweep) {
        return score.sweep.map(({ k, temperature, ...score }) =>
          `${level}, ${method}, k ${k}, temperature ${temperature}: ${scoreText(score)}\n`
        );
      }
      return only ? [`${level}, ${method}: ${scoreText(only)}\n`] : [];
    })
  );
  return lines.join("");
}

/** Everything, for programs. */
function record(
  job: ScoreJob,
  { scores, data, leftOut }: ScoreResult,
  rows: Row[],
): Record<string, unknown> {
  const { protocol, level } = job;
  const [checkpoint, ...baselines] = scores.map(({ method, scores }) => ({
    method,
    levels: Object.fromEntries(scores.map((score) => [score.level, score[protocol]])),
    sweep: Object.fromEntries(scores.map((score) => [score.level, score.sweep])),
  }));
  const { k, temperature, seed, sweep } = job.settings;
  return {
    protocol: protocol === "linear" ? "linear probe on frozen features" : "knn",
    ...checkpoint?.levels[level],
    level,
    rows,
    levels: checkpoint?.levels,
    ...sweep && { sweep: checkpoint?.sweep },
    baselines: Object.fromEntries(baselines.map(({ method, levels }) => [method, levels])),
    ...protocol === "knn" && { k, temperature },
    seed,
    ...provenance({ ...job, data }, leftOut),
  };
}
