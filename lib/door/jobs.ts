import type { OptionField } from "../configs/mod.ts";
import type {
  ClassifierPlan,
  FeaturesSource,
  JobOptions,
  Plan,
  SharedJobOptions,
} from "../jobs/mod.ts";
import * as jobsRoom from "../jobs/mod.ts";
import { guarded, type Options, options } from "./guard.ts";
import { choice, either, field, integer, type Kind, kind, listOf, number, thing } from "./kind.ts";
import {
  backend,
  cluster,
  config,
  dataset,
  file,
  flag,
  folder,
  run,
  signal,
  text,
} from "./things.ts";

const observer = thing("an observer, an object with `tell(line)`", { tell: "function" });
const work = {
  observer,
  signal,
  device: text,
  compiler: choice("graph", "xla"),
  deterministic: flag,
};
const jobOptions = options<JobOptions>(work);
const sharedOptions = options<SharedJobOptions>({ ...work, cluster });

const plannedData = either(
  folder,
  either(thing("options of `granules`"), kind("null for them all", (value) => value === null)),
);

/** Some of the options that the room declares. */
function pick<Names extends string>(
  fields: Readonly<Record<Names, OptionField | null>>,
  names: readonly Names[],
): Readonly<Record<Names, Kind | null>> {
  const entries = names.map((name) => [name, fields[name] && field(fields[name])]);
  return Object.fromEntries(entries);
}

/** The options of a request, as the room declares them. */
function request(
  fields: Readonly<Record<string, OptionField | null>>,
  needs: readonly string[],
): Options {
  const takes = { ...pick(fields, Object.keys(fields)), data: either(folder, dataset) };
  return { takes, needs, beside: [] };
}

export const {
  evaluate,
  evaluationsIn,
  follow,
  launch,
  plan,
  planClassifier,
  prepareClassifier,
  prepareFeatures,
  runClassifier,
  saveFeatures,
  status,
  stop,
  train,
  writeFeatures,
} = guarded(jobsRoom, {
  evaluate: {
    request: thing('an object such as `{ protocol: "knn", checkpoint, data }`'),
    "options?": jobOptions,
  },
  evaluationsIn: {
    lines: listOf(thing("a line"), "the lines of a run's metrics, such as `follow` yields"),
  },
  follow: { run, "options?": options<{ every?: number }>({ every: number(0) }) },
  launch: {
    planned: thing("a planned run, such as `plan` returns", { path: "text", backend: "text" }),
  },
  plan: {
    plan: options<Plan>({
      config,
      data: plannedData,
      backend,
    }, { needs: ["config"] }),
    "options?": options<{ folder?: string }>({ folder }),
  },
  planClassifier: {
    plan: options<ClassifierPlan>({
      ...pick(jobsRoom.classifierOptions, ["key", "heads", "partial", "preset", "fromScratch"]),
      ...pick(jobsRoom.classifierOptions, ["level", "labelShare", "evalEvery", "backend"]),
      protocol: null,
      overrides: thing("an object of fields"),
      checkpoint: file,
      data: plannedData,
      images: null,
    }, { needs: ["protocol", "checkpoint"] }),
    "options?": options<{ folder?: string }>({ folder }),
  },
  prepareClassifier: {
    request: request(jobsRoom.classifierOptions, ["protocol", "checkpoint"]),
    "observer?": observer,
  },
  prepareFeatures: {
    request: request(jobsRoom.featuresOptions, ["checkpoint", "out"]),
    "observer?": observer,
  },
  runClassifier: {
    job: thing("a job, such as `prepareClassifier` returns", {
      setup: "object",
      weights: "object",
    }),
    "options?": jobOptions,
  },
  saveFeatures: {
    path: file,
    parts: thing("features of both parts, such as `extract` makes", { train: "object" }),
    source: options<FeaturesSource>(
      { data: dataset, metadata: thing("an object of texts") },
      { needs: ["data"] },
    ),
  },
  status: { run },
  stop: { run, "options?": options<{ patience?: number }>({ patience: integer(0) }) },
  train: {
    "request?": thing('an object such as `{ data: "images", minutes: 10 }`'),
    "options?": sharedOptions,
  },
  writeFeatures: {
    job: thing("a job, such as `prepareFeatures` returns", { weights: "object", out: "text" }),
    "options?": sharedOptions,
  },
});
