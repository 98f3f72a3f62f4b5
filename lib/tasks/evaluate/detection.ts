import { type DetectionConfig, detectionFields, detectionPresets } from "../../configs/mod.ts";
import {
  type CommandLine,
  commandLine,
  computingFlags,
  type Flag,
  type Flags,
  flagsOnly,
  formatValue,
  headsFlag,
  Interruption,
  lastValue,
  layoutFlags,
  off,
  onlyOne,
  print,
  printJson,
  savingFlags,
  shared,
  task,
  userPath,
  weightFlags,
  type Work,
} from "../../cli/mod.ts";
import { escapeControls } from "../../images/mod.ts";
import type { DetectionJob, DetectionResult } from "../../jobs/mod.ts";

/** Flags beside those of the recipes. */
const flags = {
  data: {
    ...shared.data,
    about: "Folder in the layout of COCO: annotations/instances_train2017.json, train2017, val2017",
    otherwise: "scenes that are drawn, of some granules each",
  },
  checkpoint: shared.checkpoint,
  ...weightFlags,
  ...headsFlag,
  fromScratch: off("Begin at random instead of with the weights, as a baseline"),
  out: {
    kind: "text",
    placeholder: "RUN",
    about: "The run's folder",
    otherwise: "a new one in data/runs",
  },
  evalEvery: {
    kind: "integer",
    min: 1,
    max: 100000,
    about: "Epochs between evaluations on the validation part",
    otherwise: "the end alone is scored",
  },
  ...computingFlags,
  resume: off("Continue from the checkpoint in --out, with its configuration"),
  fresh: off("Begin anew in a folder that holds a run"),
  ...savingFlags,
  recompute: layoutFlags.recompute,
  json: shared.json,
} as const satisfies Flags;

/** The fields of the recipe as flags, each with the value of the preset that is meant. */
function recipeFlags(args: readonly string[]): Flags {
  const names = Object.keys(detectionPresets);
  const first = detectionPresets[names[0]!]!;
  const values: Readonly<Record<string, unknown>> = {
    ...detectionPresets[lastValue(args, "preset") ?? first.preset] ?? first,
  };
  const entries = Object.entries(detectionFields).flatMap(([name, field]): [string, Flag][] => {
    if (field.kind === "fixed") return [];
    return [[name, { ...field, otherwise: formatValue(values[name]) }]];
  });
  const about = "Recipe: a small one, or that of a published run";
  return {
    preset: { kind: "choice", choices: names, about, otherwise: first.preset },
    ...Object.fromEntries(entries),
  };
}

/** The task `evaluate detection`. */
export function evaluateDetector(): Promise<void> {
  const recipe = recipeFlags(Deno.args);
  const manual = {
    name: "evaluate",
    usage: "detection --checkpoint FILE [--data DIR] [--preset NAME] [--json]",
    about: "Trains Cascade Mask R-CNN on the maps of a checkpoint, and scores boxes and masks on " +
      "the validation part as COCO does.",
    flags: { ...flags, ...recipe } as typeof flags,
    endings: ["failed", "misused", "diverged", "interrupted"] as const,
  };
  return task(manual, (line) => prepare(Object.keys(recipe), line));
}

async function prepare(
  fields: readonly string[],
  { values, words, wording }: CommandLine<typeof flags>,
): Promise<Work> {
  flagsOnly("evaluate detection", words.filter((word) => word !== "detection"));
  const { checkpoint, data, resume, fresh, device, compiler, deterministic, json } = values;
  if (checkpoint === undefined) throw new TypeError("evaluate detection needs --checkpoint FILE");
  onlyOne({ resume, fresh });
  const all: Readonly<Record<string, unknown>> = values;
  const { preset, ...overrides } = Object.fromEntries(
    fields.filter((name) => all[name] !== undefined).map((name) => [name, all[name]]),
  );
  onlyOne({ epochs: overrides.epochs, steps: overrides.steps });
  const jobs = await import("../../jobs/mod.ts");
  const screen = new jobs.StandardError(wording);
  const { saveEvery, keep, maxRollbacks, ...request } = values;
  const job = await jobs.prepareDetection({
    ...{ ...request, preset: preset as string | undefined },
    overrides: overrides as Partial<DetectionConfig>,
    ...{ checkpoint: userPath(checkpoint), data: userPath(data), out: userPath(values.out) },
    saving: { saveEvery, keep, maxRollbacks },
  });
  return async () => {
    using _ = screen;
    let resumable = job.resume;
    using interruption = new Interruption(() => continuing(job, { resumable, out: values.out }));
    screen.heed = (heeded) => {
      resumable ||= heeded;
      interruption.heed(heeded);
    };
    const { signal } = interruption;
    const result = await interruption.guard(() =>
      jobs.runDetection(job, { observer: screen, signal, device, compiler, deterministic })
    );
    if (json) return printJson(record(job, result, jobs.rowsOfDetection(job, result)));
    print(lines(job, result, jobs.objectText));
  };
}

/** The command that continues: the same, or once the run has begun with `--resume`. */
function continuing(
  { path }: DetectionJob,
  { resumable, out }: { resumable: boolean; out: string | undefined },
): string {
  if (!resumable) return commandLine("evaluate", Deno.args);
  return commandLine("evaluate", Deno.args, {
    without: ["--fresh!", "--resume!"],
    more: [...out === undefined ? ["--out", path] : [], "--resume"],
  });
}

/** The scores in a line of text, and the path of the checkpoint. */
function lines(
  { data }: DetectionJob,
  { best, seconds, checkpoint }: DetectionResult,
  text: typeof import("../../jobs/mod.ts").objectText,
): string {
  const [name, file] = [data.name, checkpoint].map(escapeControls);
  return `detection on ${name}: ${text(best)}, after ${best.step} ` +
    `${best.step === 1 ? "step" : "steps"}; ${seconds.toFixed(0)} s\n${file}\n`;
}

/** Everything, for programs. */
function record(
  { setup: { config, classes }, weights, fromScratch, data }: DetectionJob,
  { best, last, evaluations, seconds, imagesPerSecond, checkpoint }: DetectionResult,
  rows: unknown[],
): Record<string, unknown> {
  const { step, epoch, ...scores } = best;
  return {
    ...{ protocol: config.protocol, preset: config.preset, classes, rows },
    ...{ ...scores, best: { step, epoch, ...scores }, last, evaluations },
    ...{ seconds, imagesPerSecond, steps: last.step, epochs: last.epoch, seed: config.seed },
    ...{ data: data.name, fingerprint: data.fingerprint },
    ...{ train: data.train.length, test: data.test.length, fromScratch },
    ...{ weights: weights.path, checkpoint },
  };
}
