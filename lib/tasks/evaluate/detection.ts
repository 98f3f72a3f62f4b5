import { type DetectionConfig, detectionFields, detectionPresets } from "../../configs/mod.ts";
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
import type { DetectionJob, DetectionResult } from "../../jobs/mod.ts";
import { denseFlags, folderFlags, interruptibly, recipeFlags, recipeIn } from "./training_task.ts";

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

/** The recipes as flags, with the values of the one that is named. */
function flagsOf(args: readonly string[]): Flags {
  const names = Object.keys(detectionPresets);
  const [otherwise] = names as [string];
  const named = detectionPresets[lastValue(args, "preset") ?? otherwise];
  const values = { ...named ?? detectionPresets[otherwise] };
  return recipeFlags(detectionFields, { names, values, otherwise });
}

/** The task `evaluate detection`. */
export function evaluateDetector(): Promise<void> {
  const recipe = flagsOf(Deno.args);
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
  const { preset, overrides } = recipeIn(values, fields);
  const jobs = await import("../../jobs/mod.ts");
  const screen = new jobs.StandardError(wording);
  const { saveEvery, keep, maxRollbacks, ...request } = values;
  const job = await jobs.prepareDetection({
    ...{ ...request, preset },
    overrides: overrides as Partial<DetectionConfig>,
    ...{ checkpoint: userPath(checkpoint), data: userPath(data), out: userPath(values.out) },
    saving: { saveEvery, keep, maxRollbacks },
  });
  return async () => {
    using _ = screen;
    const options = { observer: screen, device, compiler, deterministic };
    const result = await interruptibly(
      (signal) => jobs.runDetection(job, { ...options, signal }),
      { job, out: values.out, screen },
    );
    if (json) return printJson(record(job, result, jobs.rowsOfDetection(job, result)));
    print(lines(job, result, jobs.objectText));
  };
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
