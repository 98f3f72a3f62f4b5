import type { LevelScores } from "../protocols/mod.ts";
import { common, type Given, print, task } from "../cli/mod.ts";
import {
  complete,
  counters,
  leaveOut,
  type LeftOut,
  leftOutLine,
  openSubject,
  startBackend,
  type Subject,
  subjectFlags,
  toEncoder,
} from "../jobs/mod.ts";

const flags = {
  ...subjectFlags,
  k: common.k,
  temperature: common.temperature,
  level: {
    kind: "text",
    placeholder: "NAME",
    about: "Labels that give top1 and top5, where the data has several [the second coarsest]",
  },
  baselines: { kind: "switch", about: "Also score what is not trained [on]; --no-baselines" },
  seed: common.seed,
  json: common.json,
} as const;

const manual = {
  usage: "evaluate knn|linear --checkpoint FILE [--data DIR] [--json]",
  about: "Scores the teacher's frozen features on the test part of a data set.",
  flags,
  config: false,
};

type Options = Subject & {
  protocol: "knn" | "linear";
  settings: { k: number; temperature: number; seed: number };
  level: string;
  baselines: boolean;
  json: boolean;
};

async function prepare({ words, values }: Given): Promise<Options> {
  const [protocol, ...rest] = words;
  if ((protocol !== "knn" && protocol !== "linear") || rest.length > 0) {
    const given = words.length ? `, not "${words.join(" ")}"` : "; it was told neither";
    throw new TypeError(`evaluate takes knn or linear${given}`);
  }
  if (!values.checkpoint) throw new TypeError("evaluate needs --checkpoint FILE");
  const subject = await openSubject(values, { scored: true });
  const levels = Object.keys(subject.data.classes);
  const level = (values.level as string | undefined) ?? levels[1] ?? levels[0];
  if (!levels.includes(level)) {
    throw new RangeError(`--level takes one of ${levels.join(", ")}, not "${level}"`);
  }
  return {
    ...subject,
    protocol,
    level,
    settings: {
      k: (values.k as number | undefined) ?? 20,
      temperature: (values.temperature as number | undefined) ?? 0.07,
      seed: (values.seed as number | undefined) ?? 0,
    },
    baselines: values.baselines !== false,
    json: values.json === true,
  };
}

async function run(options: Options): Promise<void> {
  const { protocol, weights, config, settings, level, backend, skipBad } = options;
  const { data, leftOut } = skipBad
    ? await leaveOut(options.data)
    : { data: options.data, leftOut: complete };
  await startBackend(backend);
  const { untrained } = await import("../models/mod.ts");
  const { scoreAll } = await import("../protocols/mod.ts");
  const { baselines } = options;
  const precision = config.evalPrecision;
  const encoders = [await toEncoder(weights, { name: "checkpoint", precision })];
  if (baselines) encoders.push(untrained({ ...config, seed: settings.seed }, { precision }));
  const onProgress = counters();
  const scored = await scoreAll(data, encoders, {
    ...{ ...config, ...settings, protocol, baselines, onProgress },
  });
  for (const encoder of encoders) encoder.dispose();
  const scores = Object.fromEntries(scored.map(({ method, scores }) => [method, scores]));
  report(scores, { ...options, data, level }, leftOut);
}

/** One line of JSON, or a line for each score. */
function report(
  scores: Record<string, LevelScores[]>,
  { protocol, data, weights, config, settings, level, json }: Options,
  leftOut: LeftOut,
): void {
  const of = (name: string, at: string) => {
    const found = scores[name].find((score) => score.level === at)!;
    return protocol === "knn" ? found.knn : found.linear;
  };
  const names = Object.keys(scores);
  if (!json) {
    for (const at of Object.keys(data.classes)) {
      for (const name of names) {
        const score = of(name, at);
        if (!score) continue;
        const { top1, top5 } = score;
        print(`${at}, ${name}: top-1 ${top1.toFixed(2)} %, top-5 ${top5.toFixed(2)} %\n`);
      }
    }
    return print(leftOutLine(leftOut));
  }
  const [first, ...baselines] = names;
  const levels = Object.keys(data.classes).map((at) => [at, of(first, at)]);
  print(
    JSON.stringify({
      protocol: protocol === "linear" ? "linear probe on frozen features" : "knn",
      ...of(first, level),
      level,
      levels: Object.fromEntries(levels),
      baselines: Object.fromEntries(
        baselines.map((name) => [
          name,
          Object.fromEntries(Object.keys(data.classes).map((at) => [at, of(name, at)])),
        ]),
      ),
      ...(protocol === "knn" ? { k: settings.k, temperature: settings.temperature } : {}),
      seed: settings.seed,
      evalCrop: config.evalCrop,
      exif: config.exif,
      evalSize: config.evalSize ?? config.imageSize,
      precision: config.evalPrecision ?? "float32",
      imageSize: config.imageSize,
      data: data.name,
      fingerprint: data.fingerprint,
      train: data.train.length,
      test: data.test.length,
      leftOut,
      checkpoint: weights.path,
    }) + "\n",
  );
}

if (import.meta.main) await task(manual, prepare, run);
