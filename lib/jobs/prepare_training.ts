import type { Backend } from "../compile/mod.ts";
import { checkConfig, checkValue, type Config, presetsOf, requestFields } from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { escapeControls } from "../images/mod.ts";
import { readConfig, runsFolder } from "../runs/mod.ts";
import { lengthOf, type StepLayout } from "../pretraining/mod.ts";
import { type ConfigRequest, withImplied } from "./configure.ts";
import { checkElsewhere, checkFolder } from "./destination.ts";
import { checkUnfinished, type EarlierRun } from "./earlier_run.ts";
import { layoutOf } from "./layout.ts";
import type { LoadingSettings, ViewSettings } from "./loading.ts";
import type { Observer } from "./observer.ts";
import { checkLength, openData } from "./open_data.ts";
import { checkEmpty, checkSameData, readResumable, type Resumable } from "./resumable.ts";
import { defaultSaving, type Saving } from "./saving.ts";

/** What is to be pre-trained, where, and how. */
export type TrainingRequest = {
  config: Config;
  /** The folder of images, or an opened data set; without one the granules. */
  data?: string | Dataset | undefined;
  /** The run's folder; by default a new one where all runs lie. */
  out?: string | undefined;
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
  /** How images come from their files; it changes no number. */
  loading?: LoadingSettings & ViewSettings;
  /** Whether a run that is there is replaced. */
  fresh?: boolean;
  /**
   * Continues the run in `out`. What is repeated of its configuration must be the same, but for the
   * length of a finished run, which may be greater.
   */
  resume?: ConfigRequest | null;
  /** A checkpoint that is continued in a new run. */
  earlier?: EarlierRun | null;
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
  loading: LoadingSettings & ViewSettings;
  path: string;
  resume: boolean;
  earlier: EarlierRun | null;
};

/**
 * Checks a pre-training before anything is downloaded or written.
 *
 * @throws {Error} If it cannot be done: why, and what to do.
 */
export async function prepareTraining(
  { out, minutes = null, backend, earlier = null, fresh = false, ...request }: TrainingRequest,
  observer?: Observer,
): Promise<TrainingJob> {
  const {
    maxBad = 0.01,
    saving = defaultSaving,
    resume = null,
    layout = {},
    loading = {},
  } = request;
  checkNumbers({
    backend,
    maxBad,
    ...minutes !== null && { minutes },
    ...saving,
    ...layout,
    ...loading,
  });
  const resumable = resume ? await storedRun(out) : null;
  const stored: Config = resumable?.config ?? request.config;
  checkConfig(stored);
  const { imageSize, exif } = stored;
  const data = await openData(request.data, { scored: false, imageSize, exif }, observer);
  const path = out ?? newFolder(stored, data);
  if (resumable) await checkSameData({ path }, data);
  const config = resumable && resume
    ? continuedConfig({ path, data, resumable }, { ...resume, minutes })
    : stored;
  checkLength(data, config);
  if (earlier && minutes === null) checkUnfinished(earlier, data);
  if (earlier && fresh) await checkElsewhere(earlier.path, path);
  await checkFolder(path);
  if (!resume && !fresh) {
    await checkEmpty(path, "a run: `resume` continues it, `fresh` begins anew");
  }
  const record = resume ? await readConfig({ path }) : null;
  return {
    ...{ config, data, minutes, maxBad, saving, path, earlier },
    backend: backend ?? (record?.backend as Backend | undefined) ?? null,
    layout: layoutOf(layout, config),
    loading,
    resume: resume !== null,
  };
}

/** Refuses options that do not take their value. */
function checkNumbers(options: Record<string, unknown>): void {
  for (const [name, field] of Object.entries(requestFields)) checkValue(name, options[name], field);
}

/** A folder of its own for a run that begins now, even if others begin in the same second. */
function newFolder({ preset }: Config, { name }: Dataset): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  return `${runsFolder}/pretrain-${preset}-${name}-${time}-${crypto.randomUUID().slice(0, 8)}`;
}

/** The run that is to be continued. */
async function storedRun(path: string | undefined): Promise<Resumable> {
  if (path === undefined) throw new TypeError("`resume` needs `out`, the folder of a run");
  const resumable = await readResumable({ path });
  if (!resumable) {
    throw new Error(
      `Cannot continue: there is no run in ${escapeControls(path)}; without \`resume\` one begins`,
    );
  }
  if (!resumable.from && (await readConfig({ path }))?.checkpoint) {
    throw new Error(
      `Cannot continue in ${escapeControls(path)}: it broke off before its checkpoint was read; ` +
        "begin anew with `resumeFrom` and `fresh`",
    );
  }
  return resumable;
}

/** A run that has begun, with its images. */
type BegunRun = { path: string; data: Dataset; resumable: Resumable };

/**
 * The configuration with which a run is continued: its own. A request may repeat it and not change
 * it; where the run has come to its last step, it may be longer.
 */
function continuedConfig(
  { path, data, resumable: { config, from } }: BegunRun,
  { minutes, ...request }: ConfigRequest & { minutes: number | null },
): Config {
  const { steps } = lengthOf(config, data.train.length);
  const done = from?.step ?? 0;
  if (done < steps) {
    if (minutes !== null) {
      throw new TypeError(
        `Cannot continue with \`minutes\`: the run in ${escapeControls(path)} has its length ` +
          "already; leave it out, and once the run is finished it may be made longer",
      );
    }
    checkSame(path, config, request);
    return config;
  }
  const { epochs, steps: requested, ...rest } = request.overrides ?? {};
  checkSame(path, config, { ...request, overrides: rest });
  const { changes } = withImplied({
    ...epochs !== undefined && { epochs },
    ...requested !== undefined && { steps: requested },
  }, config);
  const longer = { ...config, ...changes };
  const { steps: next } = lengthOf(longer, data.train.length);
  if (next >= done) return longer;
  throw new RangeError(
    `Cannot continue in ${escapeControls(path)} for ${next} steps: it has done ${done}; give it ` +
      "more",
  );
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
  const { changes, implied } = withImplied(overrides, config);
  for (const [name, value] of Object.entries({ method, preset, ...changes })) {
    if (
      value === undefined || String(stored[name]) === String(value) ||
      (name === "arch" && implied.has(name))
    ) continue;
    if (name === "preset" && samePreset(config, String(value))) continue;
    throw new Error(
      `Cannot continue with \`${name}\` ${value} in ${escapeControls(path)}: it has ` +
        `\`${name}\` ${stored[name]}; leave the flag out, or begin another run in another \`out\``,
    );
  }
}

/** Whether a name is another one of a configuration's preset. */
function samePreset({ method, preset }: Config, name: string): boolean {
  const presets = presetsOf(method);
  return presets[name] !== undefined && presets[name] === presets[preset];
}
