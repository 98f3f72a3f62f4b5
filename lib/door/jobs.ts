import type { OptionField } from "../configs/mod.ts";
import type { JobOptions, Plan } from "../jobs/mod.ts";
import * as jobsRoom from "../jobs/mod.ts";
import { guarded, type Options, options } from "./guard.ts";
import { choice, either, field, integer, type Kind, kind, number, thing } from "./kind.ts";
import { backend, config, dataset, flag, folder, run, text } from "./things.ts";

const observer = thing("an observer, an object with `tell(line)`", { tell: "function" });
const jobOptions = options<JobOptions>({
  observer,
  signal: kind("the signal of an AbortController", (value) => value instanceof AbortSignal),
  device: text,
  compiler: choice("graph", "xla"),
  deterministic: flag,
});

/** The options of a request, as the room declares them. */
function request(
  fields: Readonly<Record<string, OptionField | null>>,
  needs: readonly string[],
): Options {
  const takes = Object.fromEntries(
    Object.entries(fields).map(([name, taken]): [string, Kind | null] => [
      name,
      taken && field(taken),
    ]),
  );
  return { takes: { ...takes, data: either(folder, dataset) }, needs, beside: [] };
}

export const {
  evaluate,
  follow,
  launch,
  plan,
  prepareClassifier,
  prepareFeatures,
  runClassifier,
  status,
  stop,
  train,
  writeFeatures,
} = guarded(jobsRoom, {
  evaluate: {
    request: thing('an object such as `{ protocol: "knn", checkpoint, data }`'),
    "options?": jobOptions,
  },
  follow: { run, "options?": options<{ every?: number }>({ every: number(0) }) },
  launch: {
    planned: thing("a planned run, such as `plan` returns", { path: "text", config: "object" }),
  },
  plan: {
    plan: options<Plan>({
      config,
      data: either(folder, kind("null for the granules", (value) => value === null)),
      backend,
    }, { needs: ["config"] }),
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
  status: { run },
  stop: { run, "options?": options<{ patience?: number }>({ patience: integer(0) }) },
  train: {
    "request?": thing('an object such as `{ data: "images", minutes: 10 }`'),
    "options?": jobOptions,
  },
  writeFeatures: {
    job: thing("a job, such as `prepareFeatures` returns", { weights: "object", out: "text" }),
    "options?": jobOptions,
  },
});
