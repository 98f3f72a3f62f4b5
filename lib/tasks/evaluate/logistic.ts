import {
  type CommandLine,
  type Flags,
  flagsOnly,
  inputFlags,
  labelFlags,
  print,
  printJson,
  shared,
  task,
  userPath,
  type Work,
} from "../../cli/mod.ts";
import { requestFields } from "../../configs/mod.ts";
import type { LogisticJob, LogisticResult } from "../../jobs/mod.ts";
import type { ProtocolRow } from "../../report/mod.ts";
import { membershipOf, workAsGroup } from "../group.ts";
import { levelFlag, provenance, scoreText } from "./score_lines.ts";

const flags = {
  ...inputFlags,
  ...labelFlags,
  ...levelFlag,
  lambda: { ...requestFields.lambda, otherwise: "0.01,0.03,0.06,0.1,0.15,0.2,0.3" },
  seed: { ...shared.seed, about: "Seed of the images that --label-share draws" },
  json: shared.json,
} as const satisfies Flags;

const manual = {
  name: "evaluate logistic",
  usage: "--checkpoint FILE [--data DIR] [--labels FILE | --label-share N] [--json]",
  about: "Scores the frozen features of a checkpoint by multinomial logistic regression, whose " +
    "weights are found to the exact optimum for every penalty.",
  flags,
} as const;

async function prepare({ values, words, wording }: CommandLine<typeof flags>): Promise<Work> {
  flagsOnly(manual.name, words.slice(1));
  const { checkpoint, data, labels, json, device, compiler, deterministic, ...others } = values;
  const { processes, ...request } = others;
  if (checkpoint === undefined) throw new TypeError("evaluate logistic needs --checkpoint FILE");
  const jobs = await import("../../jobs/mod.ts");
  const screen = new jobs.StandardError(wording);
  const { cluster, isFirst, launches, ...membership } = await membershipOf({ processes });
  const observer = membership.observer(screen);
  const job = await jobs.prepareLogistic({
    ...request,
    ...{ checkpoint: userPath(checkpoint), data: userPath(data), labels: userPath(labels) },
  }, observer);
  if (processes > 1) jobs.checkExchange(request.backend);
  if (launches) return () => workAsGroup({ count: processes });
  return async () => {
    using _ = screen;
    const options = { observer, cluster, device, compiler, deterministic };
    const result = await jobs.runLogistic(job, options);
    if (!isFirst) return;
    if (json) return printJson(record(job, result, jobs.rowsOfFits(job, result, request)));
    print(lines(job, result) + jobs.leftOutLine(result.leftOut));
  };
}

/** A line for each penalty. */
function lines({ level }: LogisticJob, { fits }: LogisticResult): string {
  return fits.map(({ lambda, trainTop1, gradient, ...score }) =>
    `${level}, lambda ${lambda}: ${scoreText(score)} (${trainTop1.toFixed(2)} % of what was ` +
    `learned; largest entry of the gradient ${gradient.toExponential(1)})\n`
  ).join("");
}

function record(
  job: LogisticJob,
  { fits, leftOut }: LogisticResult,
  rows: ProtocolRow[],
): Record<string, unknown> {
  return {
    protocol: "logistic regression on frozen features",
    level: job.level,
    rows,
    fits,
    ...provenance(job, leftOut),
  };
}

/** The task `evaluate logistic`. */
export function evaluateLogistic(): Promise<void> {
  return task(manual, prepare);
}
