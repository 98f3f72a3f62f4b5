import {
  type CommandLine,
  commandLine,
  computingFlags,
  configRecord,
  flagsOnly,
  Interruption,
  layoutFlags,
  loadingFlags,
  off,
  print,
  printConfig,
  printJson,
  savingFlags,
  say,
  shared,
  task,
  userPath,
  viewFlags,
  type Work,
} from "../cli/mod.ts";
import { escapeControls } from "../images/mod.ts";

const flags = {
  data: shared.data,
  out: {
    kind: "text",
    placeholder: "RUN",
    about: "The run's folder",
    otherwise: "a new one in data/runs",
  },
  minutes: { ...shared.minutes, about: "Length of the training, instead of epochs" },
  ...computingFlags,
  maxBad: shared.maxBad,
  resume: off(
    "Continue the run in --out, with its configuration; a finished one for longer by --steps, " +
      "--epochs or --minutes",
  ),
  fresh: off("Begin anew in a folder that holds a run"),
  resumeFrom: {
    kind: "text",
    placeholder: "FILE",
    about: "Continue a checkpoint in a new run, with its own configuration: one of a run, or a " +
      "full one of the official program",
  },
  config: shared.config,
  ...savingFlags,
  ...layoutFlags,
  ...loadingFlags,
  ...viewFlags,
  printConfig: shared.printConfig,
  json: shared.json,
} as const;

const manual = {
  name: "pretrain",
  usage: "[--data DIR] [--out RUN] [--preset NAME] [--minutes M | --epochs N]",
  about: "Pre-trains a backbone without labels, and leaves checkpoints and metrics in a folder.",
  flags,
  recipe: true,
  endings: ["failed", "misused", "diverged", "interrupted"],
} as const;

async function prepare(
  { values, words, recipe, wording }: CommandLine<typeof flags>,
): Promise<Work> {
  flagsOnly(manual.name, words);
  const { printConfig: printed, json, device, compiler, deterministic, ...settings } = values;
  const { method, preset, overrides } = recipe;
  const jobs = await import("../jobs/mod.ts");
  const { resolved, request } = await jobs.resolveTraining({
    ...{ ...overrides, method, preset, ...settings },
    data: userPath(values.data),
    out: userPath(values.out),
    config: userPath(values.config),
    resumeFrom: userPath(values.resumeFrom),
    cache: userPath(values.cache),
  });
  if (printed) return () => json ? printJson(configRecord(resolved)) : print(printConfig(resolved));
  const screen = new jobs.StandardError(wording);
  const job = await jobs.prepareTraining(request, screen);
  return async () => {
    using _screen = screen;
    let resumable = job.resume;
    using interruption = new Interruption(() => continuing({ ...job, resumable, out: values.out }));
    screen.heed = (heeded) => {
      resumable ||= heeded;
      interruption.heed(heeded);
    };
    const { signal } = interruption;
    const { checkpoint, config: _, curve, ...result } = await interruption.guard(() =>
      jobs.runTraining(job, { observer: screen, signal, device, compiler, deterministic })
    );
    if (json) printJson({ checkpoint, ...result, ...curve.at(-1) });
    else print(`${escapeControls(checkpoint)}\n`);
    say(`\nTo score it:\n  ${scoring({ checkpoint, data: values.data })}`);
  };
}

/** The command that continues: the same, or once the run has begun with `--resume`. */
function continuing(
  { path, resumable, out }: { path: string; resumable: boolean; out: string | undefined },
): string {
  if (!resumable) return commandLine(manual.name, Deno.args);
  return commandLine(manual.name, Deno.args, {
    without: ["--fresh!", "--resume!", "--resume-from", "--config", "--minutes"],
    more: [...out === undefined ? ["--out", path] : [], "--resume"],
  });
}

/** The command that scores a checkpoint. */
function scoring({ checkpoint, data }: { checkpoint: string; data: string | undefined }): string {
  const images = data === undefined ? [] : ["--data", data];
  return commandLine("evaluate", ["knn", ...images, "--checkpoint", checkpoint]);
}

if (import.meta.main) await task(manual, prepare);
