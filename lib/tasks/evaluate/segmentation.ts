import {
  type SegmentationConfig,
  segmentationFields,
  segmentationPreset,
  segmentationPresets,
} from "../../configs/mod.ts";
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
import type { SegmentationJob, SegmentationResult } from "../../jobs/mod.ts";

/** Flags beside those of the recipes. */
const flags = {
  data: {
    ...shared.data,
    about: "Folder in the layout of ADE20K: images/training, annotations/training, validation",
    otherwise: "scenes that are drawn, of some granules each",
  },
  checkpoint: shared.checkpoint,
  ...weightFlags,
  ...headsFlag,
  classes: {
    kind: "integer",
    min: 2,
    max: 254,
    about: "Classes of the pixels",
    otherwise: "those that objectInfo150 or classes.txt in the folder names",
  },
  reduceZeroLabel: {
    kind: "switch",
    default: true,
    about: "Take label 0 for no class, and label 1 for the first one",
  },
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
  const name = segmentationPreset({
    preset: lastValue(args, "preset"),
    head: lastValue(args, "head"),
  });
  const values: Readonly<Record<string, unknown>> = {
    ...segmentationPresets[name] ?? segmentationPresets.tiny,
  };
  const entries = Object.entries(segmentationFields).flatMap(([name, field]): [string, Flag][] => {
    if (field.kind === "fixed") return [];
    return [[name, { ...field, otherwise: formatValue(values[name]) }]];
  });
  return {
    preset: {
      kind: "choice",
      choices: Object.keys(segmentationPresets),
      about: "Recipe: a small one, or that of a published run",
      otherwise: "the first one of the head",
    },
    ...Object.fromEntries(entries),
  };
}

/** The task `evaluate segmentation`. */
export function evaluateSegmenter(): Promise<void> {
  const recipe = recipeFlags(Deno.args);
  const manual = {
    name: "evaluate",
    usage: "segmentation --checkpoint FILE [--data DIR] [--head linear|upernet] [--preset NAME] " +
      "[--json]",
    about: "Trains a linear head or UPerNet on the maps of a checkpoint, and scores the classes " +
      "of pixels on the validation part.",
    flags: { ...flags, ...recipe } as typeof flags,
    endings: ["failed", "misused", "diverged", "interrupted"] as const,
  };
  return task(manual, (line) => prepare(Object.keys(recipe), line));
}

async function prepare(
  fields: readonly string[],
  { values, words, wording }: CommandLine<typeof flags>,
): Promise<Work> {
  flagsOnly("evaluate segmentation", words.filter((word) => word !== "segmentation"));
  const { checkpoint, data, resume, fresh, device, compiler, deterministic, json } = values;
  if (checkpoint === undefined) {
    throw new TypeError("evaluate segmentation needs --checkpoint FILE");
  }
  onlyOne({ resume, fresh });
  const all: Readonly<Record<string, unknown>> = values;
  const { preset, ...overrides } = Object.fromEntries(
    fields.filter((name) => all[name] !== undefined).map((name) => [name, all[name]]),
  );
  onlyOne({ epochs: overrides.epochs, steps: overrides.steps });
  const jobs = await import("../../jobs/mod.ts");
  const screen = new jobs.StandardError(wording);
  const { saveEvery, keep, maxRollbacks, ...request } = values;
  const job = await jobs.prepareSegmentation({
    ...{ ...request, preset: preset as string | undefined },
    overrides: overrides as Partial<SegmentationConfig>,
    ...{ checkpoint: userPath(checkpoint), data: userPath(data), out: userPath(values.out) },
    saving: { saveEvery, keep, maxRollbacks },
  }, screen);
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
      jobs.runSegmentation(job, { observer: screen, signal, device, compiler, deterministic })
    );
    if (json) return printJson(record(job, result, jobs.rowsOfSegmentation(job, result)));
    print(lines(job, result, jobs.pixelText));
  };
}

/** The command that continues: the same, or once the run has begun with `--resume`. */
function continuing(
  { path }: SegmentationJob,
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
  { setup: { config }, data }: SegmentationJob,
  { best, seconds, checkpoint }: SegmentationResult,
  text: typeof import("../../jobs/mod.ts").pixelText,
): string {
  const [name, file] = [data.name, checkpoint].map(escapeControls);
  return `segmentation, ${config.head} head on ${name}: ${text(best)}, after ${best.step} ` +
    `${best.step === 1 ? "step" : "steps"}; ${seconds.toFixed(0)} s\n${file}\n`;
}

/** Everything, for programs. */
function record(
  { setup: { config, classes }, weights, fromScratch, data }: SegmentationJob,
  { best, last, evaluations, seconds, imagesPerSecond, checkpoint }: SegmentationResult,
  rows: unknown[],
): Record<string, unknown> {
  return {
    ...{ protocol: config.protocol, preset: config.preset, head: config.head, classes, rows },
    ...{ mIoU: best.mIoU, mAcc: best.mAcc, aAcc: best.aAcc, best, last, evaluations },
    ...{ seconds, imagesPerSecond, steps: last.step, epochs: last.epoch, seed: config.seed },
    ...{ crop: config.crop, data: data.name, fingerprint: data.fingerprint },
    ...{ train: data.train.length, test: data.test.length, fromScratch },
    ...{ weights: weights.path, checkpoint },
  };
}
