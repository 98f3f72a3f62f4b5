import {
  type SegmentationConfig,
  segmentationFields,
  segmentationPreset,
  segmentationPresets,
} from "../../configs/mod.ts";
import {
  type CommandLine,
  computingFlags,
  type Flags,
  flagsOnly,
  headsFlag,
  lastValue,
  layoutFlags,
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
import { denseFlags, folderFlags, interruptibly, recipeFlags, recipeIn } from "./training_task.ts";

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
  fromScratch: folderFlags.fromScratch,
  out: folderFlags.out,
  ...denseFlags,
  ...computingFlags,
  resume: folderFlags.resume,
  fresh: folderFlags.fresh,
  ...savingFlags,
  recompute: layoutFlags.recompute,
  json: shared.json,
} as const satisfies Flags;

/** The recipes as flags, with the values of the one that is meant. */
function flagsOf(args: readonly string[]): Flags {
  const [preset, head] = ["preset", "head"].map((name) => lastValue(args, name));
  const values = segmentationPresets[segmentationPreset({ preset, head })];
  return recipeFlags(segmentationFields, {
    names: Object.keys(segmentationPresets),
    values: { ...values ?? segmentationPresets.tiny },
    otherwise: "the first one of the head",
  });
}

/** The task `evaluate segmentation`. */
export function evaluateSegmenter(): Promise<void> {
  const recipe = flagsOf(Deno.args);
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
  const { preset, overrides } = recipeIn(values, fields);
  const jobs = await import("../../jobs/mod.ts");
  const screen = new jobs.StandardError(wording);
  const { saveEvery, keep, maxRollbacks, ...request } = values;
  const job = await jobs.prepareSegmentation({
    ...{ ...request, preset },
    overrides: overrides as Partial<SegmentationConfig>,
    ...{ checkpoint: userPath(checkpoint), data: userPath(data), out: userPath(values.out) },
    saving: { saveEvery, keep, maxRollbacks },
  }, screen);
  return async () => {
    using _ = screen;
    const options = { observer: screen, device, compiler, deterministic };
    const result = await interruptibly(
      (signal) => jobs.runSegmentation(job, { ...options, signal }),
      { job, out: values.out, screen },
    );
    if (json) return printJson(record(job, result, jobs.rowsOfSegmentation(job, result)));
    print(lines(job, result, jobs.pixelText));
  };
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
