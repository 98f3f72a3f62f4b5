import {
  type ClassifierConfig,
  classifierFields,
  classifierPresets,
  type ClassifierProtocol,
} from "../../configs/mod.ts";
import {
  type CommandLine,
  computingFlags,
  type Flags,
  flagsOnly,
  headsFlag,
  labelFlags,
  lastValue,
  layoutFlags,
  loadingFlags,
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
import type { ClassifierJob, ClassifierResult } from "../../jobs/mod.ts";
import type { ProtocolRow } from "../../report/mod.ts";
import { folderFlags, interruptibly, recipeFlags, recipeIn } from "./training_task.ts";

/** Flags of all protocols that train a classifier, beside those of their recipes. */
const flags = {
  data: shared.data,
  checkpoint: shared.checkpoint,
  ...weightFlags,
  ...headsFlag,
  ...labelFlags,
  fromScratch: folderFlags.fromScratch,
  level: {
    kind: "text",
    placeholder: "NAME",
    about: "Labels that are learned, where the images have several",
    otherwise: "those by which the data is usually scored",
  },
  outputs: {
    kind: "integer",
    min: 2,
    max: 1 << 20,
    about: "Outputs of the head",
    otherwise: "the number of classes",
  },
  out: folderFlags.out,
  evalEvery: {
    kind: "integer",
    min: 1,
    max: 100000,
    default: 1,
    about: "Epochs between evaluations on the test part",
  },
  ...computingFlags,
  maxBad: shared.maxBad,
  skipBad: shared.skipBad,
  resume: folderFlags.resume,
  fresh: folderFlags.fresh,
  ...savingFlags,
  ...loadingFlags,
  accumulate: layoutFlags.accumulate,
  recompute: layoutFlags.recompute,
  json: shared.json,
} as const;

const abouts: Record<ClassifierProtocol, string> = {
  "fine-tune": "Trains all of a backbone on labeled images, and scores it after each epoch.",
  "semi-supervised": "Fine-tunes a backbone on few labels, and scores it after each epoch.",
  transfer: "Fine-tunes a backbone on another data set, and scores it after each epoch.",
};

/** The recipes of a protocol as flags, with the values of the one that is named. */
function flagsOf(protocol: ClassifierProtocol, args: readonly string[]): Flags {
  const presets = classifierPresets[protocol];
  const names = Object.keys(presets);
  const [otherwise] = names as [string];
  const values = presets[lastValue(args, "preset") ?? otherwise] ?? presets[otherwise]!;
  return recipeFlags(classifierFields, { names, values: { ...values }, otherwise });
}

/** The task for one of the protocols that train a classifier. */
export function trainedClassifier(protocol: ClassifierProtocol): () => Promise<void> {
  return () => {
    const recipe = flagsOf(protocol, Deno.args);
    const manual = {
      name: "evaluate",
      usage: `${protocol} --checkpoint FILE [--data DIR] [--preset NAME] [--epochs N] [--json]`,
      about: abouts[protocol],
      flags: { ...flags, ...recipe } as typeof flags,
      endings: ["failed", "misused", "diverged", "interrupted"] as const,
    };
    return task(manual, (line) => prepare(protocol, Object.keys(recipe), line));
  };
}

async function prepare(
  protocol: ClassifierProtocol,
  fields: readonly string[],
  { values, words, wording }: CommandLine<typeof flags>,
): Promise<Work> {
  flagsOnly(`evaluate ${protocol}`, words.filter((word) => word !== protocol));
  const { checkpoint, resume, fresh, device, compiler, deterministic, json } = values;
  if (checkpoint === undefined) throw new TypeError(`evaluate ${protocol} needs --checkpoint FILE`);
  onlyOne({ resume, fresh });
  const { preset, overrides } = recipeIn(values, fields);
  const jobs = await import("../../jobs/mod.ts");
  const screen = new jobs.StandardError(wording);
  const { saveEvery, keep, maxRollbacks, cache, accumulate, recompute, ...request } = values;
  const job = await jobs.prepareClassifier({
    ...{ ...request, protocol, preset },
    overrides: overrides as Partial<ClassifierConfig>,
    checkpoint: userPath(checkpoint),
    data: userPath(values.data),
    labels: userPath(values.labels),
    out: userPath(values.out),
    saving: { saveEvery, keep, maxRollbacks },
    cache: userPath(cache),
    layout: { accumulate, ...recompute !== undefined && { recompute } },
  }, screen);
  return async () => {
    using _screen = screen;
    const options = { observer: screen, device, compiler, deterministic };
    const result = await interruptibly(
      (signal) => jobs.runClassifier(job, { ...options, signal }),
      { job, out: values.out, screen },
    );
    if (json) return printJson(record(job, result, jobs.rowsOfTraining(job, result)));
    print(line(job, result) + jobs.leftOutLine(result.leftOut));
  };
}

/** The scores in a line of text. */
function line(
  { setup: { config }, level, data }: ClassifierJob,
  { best, evaluations, seconds, checkpoint }: ClassifierResult,
): string {
  const when = evaluations.length === 1
    ? `after ${best.step} ${best.step === 1 ? "step" : "steps"}`
    : `best of ${evaluations.length} evaluations, after epoch ${best.epoch}`;
  const scores = Object.entries({
    "top-1": best.top1,
    "top-5": best.top5,
    "mean per class": best.perClass,
  })
    .filter(([, value]) => value !== undefined).map(([name, value]) =>
      `${name} ${value!.toFixed(2)} %`
    );
  const [name, file] = [data.name, checkpoint].map(escapeControls);
  return `${config.protocol}, ${level} of ${name}: ${scores.join(", ")}, ${when}; ` +
    `${seconds.toFixed(0)} s\n${file}\n`;
}

/** Everything, for programs. */
function record(
  { setup, weights, fromScratch, level, data }: ClassifierJob,
  { best, last, evaluations, seconds, imagesPerSecond, leftOut, checkpoint }: ClassifierResult,
  rows: ProtocolRow[],
): Record<string, unknown> {
  const { config, classes } = setup;
  return {
    ...{ protocol: config.protocol, preset: config.preset, level, classes, rows },
    ...{ top1: best.top1, top5: best.top5, best, last, evaluations },
    ...{ seconds, imagesPerSecond, steps: last.step, epochs: last.epoch, seed: config.seed },
    ...{ imageSize: config.imageSize, data: data.name, fingerprint: data.fingerprint },
    ...{ train: data.train.length, test: data.test.length, leftOut, fromScratch },
    ...{ weights: weights.path, checkpoint },
  };
}
