import type { Backend } from "../compile/mod.ts";
import {
  checkOptions,
  type Config,
  defaultMethod,
  fieldsOf,
  minutesOf,
  onlyOne,
  type OptionField,
  type RecipeFields,
  requestFields,
} from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import type { StepLayout } from "../pretraining/mod.ts";
import { type ConfigFile, configFileOf, readConfigFile } from "./config_file.ts";
import { configure, type ResolvedConfig } from "./configure.ts";
import { openEarlierRun } from "./earlier_run.ts";
import type { LoadingSettings, ViewSettings } from "./loading.ts";
import type { TrainingRequest } from "./prepare_training.ts";
import type { Saving } from "./saving.ts";

/** The options of a pre-training that are no fields of its configuration. */
export type TrainSettings =
  & Partial<Saving>
  & LoadingSettings
  & ViewSettings
  & Pick<StepLayout, "accumulate" | "chunk" | "recompute" | "exchangePrecision">
  & {
    /** The folder of images, or an opened data set; without one the granules. */
    data?: string | Dataset;
    /**
     * The run's folder; by default a new one in `runs` of the working folder, or within a clone of
     * this project in its `data/runs`.
     */
    out?: string;
    /** The minutes for which to train, instead of `epochs` or `steps`. */
    minutes?: number;
    /**
     * What a run's `config.json` says was run, by the file's path or as an object, or fields of a
     * configuration by themselves; other options come before it.
     */
    config?: string | Partial<Config> | { resolved: Partial<Config> };
    /**
     * Continues the run in `out`, with its configuration; a finished one for longer, if `steps`,
     * `epochs` or `minutes` say so.
     */
    resume?: boolean;
    /** Continues a checkpoint, of a run or of the official program, in a new run. */
    resumeFrom?: string;
    /** Whether a run that is there is replaced. */
    fresh?: boolean;
    /** By default the best that this machine has. */
    backend?: Backend;
    /** The greatest share of images that may be unreadable, 0.01 by default. */
    maxBad?: number;
  };

/**
 * What is to be pre-trained: everything that the command line takes, under the same names, of which
 * each may be `undefined`. Fields of the configuration stand beside the other options.
 */
export type TrainRequest =
  & { [Name in keyof RecipeFields]?: RecipeFields[Name] | undefined }
  & {
    [Name in keyof TrainSettings]?: TrainSettings[Name] | undefined;
  };

/** A request that was read: the configuration with its origins, and what is to be prepared. */
export type ResolvedTraining = { resolved: ResolvedConfig; request: TrainingRequest };

/** What the options take; `null` where that is checked elsewhere. */
const settings: Readonly<Record<keyof TrainSettings, OptionField | null>> = {
  data: null,
  config: null,
  out: { kind: "text", about: "a path" },
  resumeFrom: { kind: "text", about: "a path" },
  cache: { kind: "text", about: "a path" },
  minutes: requestFields.minutes,
  backend: requestFields.backend,
  maxBad: requestFields.maxBad,
  workers: requestFields.workers,
  saveEvery: requestFields.saveEvery,
  keep: requestFields.keep,
  maxRollbacks: requestFields.maxRollbacks,
  accumulate: requestFields.accumulate,
  chunk: requestFields.chunk,
  recompute: requestFields.recompute,
  exchangePrecision: requestFields.exchangePrecision,
  reducedDecoding: requestFields.reducedDecoding,
  augmentOn: requestFields.augmentOn,
  resume: { kind: "switch", about: "Continue the run in `out`" },
  fresh: { kind: "switch", about: "Begin anew in a folder that holds a run" },
};

/**
 * Reads what is to be pre-trained, with the configuration that a preset, a file or a checkpoint
 * gives it.
 *
 * @throws {Error} If options are unknown, out of their bounds, or contradict each other.
 */
export async function resolveTraining(options: TrainRequest): Promise<ResolvedTraining> {
  const file = await configIn(options.config);
  const { method, preset, overrides, rest } = split(options, file?.config.method);
  const { data, out, resume, resumeFrom, fresh, backend, maxBad } = rest;
  const { workers, cache, reducedDecoding, augmentOn, exchangePrecision } = rest;
  onlyOne({ resume, fresh });
  onlyOne({ resumeFrom, resume });
  onlyOne({ resumeFrom, preset });
  onlyOne({ config: file, resume });
  onlyOne({ config: file, resumeFrom });
  const minutes = minutesOf(rest, overrides);
  const earlier = resumeFrom === undefined ? null : openEarlierRun(resumeFrom, overrides);
  const resolved = earlier ?? configure({ method, preset, file, overrides });
  const { saveEvery = 120, keep = 1, maxRollbacks = 3, accumulate, chunk, recompute } = rest;
  const request: TrainingRequest = {
    ...{ config: resolved.config, earlier, data, out, minutes: minutes ?? null },
    ...backend !== undefined && { backend },
    ...maxBad !== undefined && { maxBad },
    fresh: fresh ?? false,
    resume: resume ? { method, preset, overrides } : null,
    saving: { saveEvery, keep, maxRollbacks },
    layout: {
      ...accumulate !== undefined && { accumulate },
      ...chunk !== undefined && { chunk },
      ...recompute !== undefined && { recompute },
      ...exchangePrecision !== undefined && { exchangePrecision },
    },
    loading: { workers, cache, reducedDecoding, augmentOn },
  };
  return { resolved, request };
}

async function configIn(config: TrainRequest["config"]): Promise<ConfigFile | null> {
  if (config === undefined) return null;
  return typeof config === "string"
    ? await readConfigFile(config)
    : configFileOf(config, "`config`");
}

/** Options by what they are about: the configuration, or how it is run. */
function split(options: TrainRequest, stored: string | undefined) {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const isSetting = ([name]: [string, unknown]) => Object.hasOwn(settings, name);
  const { method, preset, ...overrides } = Object.fromEntries(
    given.filter((entry) => !isSetting(entry)),
  ) as Partial<Config>;
  const rest = Object.fromEntries(given.filter(isSetting)) as TrainSettings;
  checkOptions({ ...overrides, ...rest }, {
    ...Object.fromEntries(
      Object.keys(fieldsOf(method ?? stored ?? defaultMethod)).map((name) => [name, null]),
    ),
    ...settings,
  });
  return { method, preset, overrides, rest };
}
