import type { Backend } from "../compile/mod.ts";
import { type Config, presetsOf } from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { readConfig, runsFolder } from "../runs/mod.ts";
import type { StepLayout } from "../pretraining/mod.ts";
import { type ConfigRequest, withArchitecture } from "./configure.ts";
import { checkFolder } from "./destination.ts";
import { layoutOf } from "./layout.ts";
import type { Observer } from "./observer.ts";
import { checkLength, openData } from "./open_data.ts";
import type { OriginalRun } from "./original_run.ts";
import { checkEmpty, checkSameData, readResumable } from "./resumable.ts";
import type { Saving } from "./saving.ts";

/** What is to be pre-trained, where, and how. */
export type TrainingRequest = {
  config: Config;
  /** The folder of images; without one the granules. */
  data?: string;
  /** The run's folder; by default a new one where all runs lie. */
  out?: string;
  /** The minutes for which to train; by default the configuration says how long. */
  minutes?: number | null;
  /**
   * By default the best that this machine has, or for a run that is continued the one that it began
   * with.
   */
  backend?: Backend;
  /** The greatest share of images that may be unreadable. */
  maxBad?: number;
  saving?: Saving;
  layout?: StepLayout;
  /** Whether a run that is there is replaced. */
  fresh?: boolean;
  /** Continues the run in `out`; what is repeated of its configuration must be the same. */
  resume?: ConfigRequest | null;
  /** A run of the official program that is continued in a new one. */
  original?: OriginalRun | null;
};

/** A pre-training that was checked and can begin. */
export type TrainingJob = {
  config: Config;
  data: Dataset;
  minutes: number | null;
  /** `null` for the best that this machine has. */
  backend: Backend | null;
  maxBad: number;
  saving: Saving;
  layout: StepLayout;
  path: string;
  resume: boolean;
  original: OriginalRun | null;
};

/**
 * Checks a pre-training before anything is downloaded or written.
 *
 * @throws {Error} If it cannot be done: why, and what to do.
 */
export async function prepareTraining(
  { out, minutes = null, backend, original = null, fresh = false, ...request }: TrainingRequest,
  observer?: Observer,
): Promise<TrainingJob> {
  const {
    maxBad = 0.01,
    saving = { saveEvery: 120, keep: 1, maxRollbacks: 3 },
    resume = null,
    layout = {},
  } = request;
  const stored = resume ? await storedConfig(out, { ...resume, minutes }) : {};
  const config: Config = { ...request.config, ...stored };
  const { imageSize, exif } = config;
  const data = await openData(request.data, { scored: false, imageSize, exif }, observer);
  const path = out ?? newFolder(config, data);
  if (resume) await checkSameData({ path }, data);
  checkLength(data, config);
  await checkFolder(path);
  if (!resume && !fresh) {
    await checkEmpty(path, "a run: `resume` continues it, `fresh` begins anew");
  }
  const record = resume ? await readConfig({ path }) : null;
  return {
    ...{ config, data, minutes, maxBad, saving, path, original },
    backend: backend ?? (record?.backend as Backend | undefined) ?? null,
    layout: layoutOf(layout, config),
    resume: resume !== null,
  };
}

/** A folder of its own for a run that begins now, even if another one begins in the same second. */
function newFolder({ preset }: Config, { name }: Dataset): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  return `${runsFolder}/pretrain-${preset}-${name}-${time}-${crypto.randomUUID().slice(0, 4)}`;
}

/**
 * The configuration of the run that is to be continued: a request may repeat it and not change it.
 */
async function storedConfig(
  path: string | undefined,
  { minutes, ...request }: ConfigRequest & { minutes: number | null },
): Promise<Config> {
  if (path === undefined) throw new TypeError("`resume` needs `out`, the folder of a run");
  const resumable = await readResumable({ path });
  if (!resumable) {
    throw new Error(`Cannot continue: there is no run in ${path}; without \`resume\` one begins`);
  }
  const { config, from } = resumable;
  if (!from && (await readConfig({ path }))?.checkpoint) {
    throw new Error(
      `Cannot continue in ${path}: it broke off before its checkpoint was read; begin anew with ` +
        "`resumeFrom` and `fresh`",
    );
  }
  if (minutes !== null) {
    throw new TypeError(
      `Cannot continue with \`minutes\`: the run in ${path} has its length already; leave it out`,
    );
  }
  checkSame(path, config, request);
  return config;
}

/**
 * Refuses fields that a run does not have.
 *
 * @throws {Error} If one differs.
 */
function checkSame(
  path: string,
  config: Config,
  { method, preset, overrides = {} }: ConfigRequest,
): void {
  const stored: Record<string, unknown> = config;
  const { changes, implied } = withArchitecture(overrides);
  for (const [name, value] of Object.entries({ method, preset, ...changes })) {
    if (
      value === undefined || String(stored[name]) === String(value) ||
      (name === "arch" && implied.has(name))
    ) continue;
    if (name === "preset" && samePreset(config, String(value))) continue;
    throw new Error(
      `Cannot continue with \`${name}\` ${value} in ${path}: it has \`${name}\` ${stored[name]}; ` +
        "leave the flag out, or begin another run in another `out`",
    );
  }
}

/** Whether a name is another one of a configuration's preset. */
function samePreset({ method, preset }: Config, name: string): boolean {
  const presets = presetsOf(method);
  return presets[name] !== undefined && presets[name] === presets[preset];
}
