import {
  type CommandLine,
  flagsOnly,
  inputFlags,
  print,
  shared,
  task,
  userPath,
  type Work,
} from "../../cli/mod.ts";
import type { ScoreJob, ScoreResult } from "../../jobs/mod.ts";

const flags = {
  ...inputFlags,
  k: shared.k,
  temperature: shared.temperature,
  level: {
    kind: "text",
    placeholder: "NAME",
    about: "Labels that give top1 and top5, where the images have several",
    otherwise: "the second coarsest",
  },
  baselines: {
    kind: "switch",
    default: true,
    about: "Also score the baselines, which are not trained; --no-baselines omits them",
  },
  seed: shared.seed,
  json: shared.json,
} as const;

const manual = {
  name: "evaluate",
  usage: "knn|linear --checkpoint FILE [--data DIR] [--json]",
  about: "Scores the frozen features of a checkpoint on the test part of a data set.",
  flags,
} as const;

async function prepare(
  protocol: "knn" | "linear",
  { values, words, wording }: CommandLine<typeof flags>,
): Promise<Work> {
  flagsOnly(`evaluate ${protocol}`, words.filter((word) => word !== protocol));
  const { checkpoint, data, json, device, ...request } = values;
  if (checkpoint === undefined) throw new TypeError("evaluate needs --checkpoint FILE");
  const jobs = await import("../../jobs/mod.ts");
  const screen = new jobs.StandardError(wording);
  const job = await jobs.prepareScore({
    ...{ ...request, protocol, checkpoint: userPath(checkpoint), data: userPath(data) },
  }, screen);
  return async () => {
    using _ = screen;
    const result = await jobs.runScore(job, { observer: screen, device });
    if (json) return print(jsonLine(job, result));
    print(lines(job, result) + jobs.leftOutLine(result.leftOut));
  };
}

/** A line for each score. */
function lines({ protocol }: ScoreJob, { scores, data }: ScoreResult): string {
  const lines = Object.keys(data.classes).flatMap((level) =>
    scores.flatMap(({ method, scores }) => {
      const score = scores.find((score) => score.level === level)?.[protocol];
      if (!score) return [];
      const { top1, top5 } = score;
      return `${level}, ${method}: top-1 ${top1.toFixed(2)} %, top-5 ${top5.toFixed(2)} %\n`;
    })
  );
  return lines.join("");
}

/** Everything in one line of JSON. */
function jsonLine(job: ScoreJob, { scores, data, leftOut }: ScoreResult): string {
  const { protocol, weights, config, precision, settings, level } = job;
  const [checkpoint, ...baselines] = scores.map(({ method, scores }) => ({
    method,
    levels: Object.fromEntries(scores.map((score) => [score.level, score[protocol]])),
  }));
  const { k, temperature, seed } = settings;
  return JSON.stringify({
    protocol: protocol === "linear" ? "linear probe on frozen features" : "knn",
    ...checkpoint?.levels[level],
    level,
    levels: checkpoint?.levels,
    baselines: Object.fromEntries(baselines.map(({ method, levels }) => [method, levels])),
    ...protocol === "knn" && { k, temperature },
    seed,
    evalCrop: config.evalCrop,
    exif: config.exif,
    evalSize: config.evalSize ?? config.imageSize,
    precision,
    imageSize: config.imageSize,
    data: data.name,
    fingerprint: data.fingerprint,
    train: data.train.length,
    test: data.test.length,
    leftOut,
    checkpoint: weights.path,
  }) + "\n";
}

/** The task for one of the protocols of frozen features. */
export function frozenFeatures(protocol: "knn" | "linear"): () => Promise<void> {
  return () => task(manual, (line) => prepare(protocol, line));
}
