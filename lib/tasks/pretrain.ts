import { requestFields } from "../configs/mod.ts";
import { hasBegun } from "../runs/mod.ts";
import {
  changedWords,
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
import { membershipOf, workAsGroup } from "./group.ts";

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
  processes: { ...requestFields.processes, default: 1 },
  restarts: { ...requestFields.restarts, default: 0 },
  exchangePrecision: { ...requestFields.exchangePrecision, default: "float32" },
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
  const { printConfig: printed, json, device, compiler, deterministic, ...others } = values;
  const { processes, restarts, ...settings } = others;
  const { method, preset, overrides } = recipe;
  const jobs = await import("../jobs/mod.ts");
  const membership = await membershipOf({ processes, restarts });
  const { cluster, isFirst } = membership;
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
  const observer = membership.observer(screen);
  const job = await jobs.prepareTraining(request, observer);
  if (processes > 1) jobs.checkShared(job, processes);
  if (membership.launches) return () => groupOf(job, { processes, restarts, out: values.out });
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
      jobs.runTraining(job, { observer, signal, device, compiler, deterministic, cluster })
    );
    if (!isFirst) return;
    if (json) printJson({ checkpoint, ...result, ...curve.at(-1) });
    else print(`${escapeControls(checkpoint)}\n`);
    say(`\nTo score it:\n  ${scoring({ checkpoint, data: values.data })}`);
  };
}

/** Flags that say how a run begins. */
const beginning = ["--fresh!", "--resume!", "--resume-from", "--config", "--minutes"];

/** Has processes on this machine share a training. */
async function groupOf(
  { path }: { path: string },
  { processes, restarts, out }: { processes: number; restarts: number; out: string | undefined },
): Promise<void> {
  const named = out === undefined ? ["--out", path] : [];
  const start = new Date();
  await workAsGroup({
    ...{ count: processes, restarts },
    async args() {
      const change = await hasBegun({ path }, start)
        ? { without: beginning, more: ["--resume"] }
        : {};
      return changedWords(Deno.args, { ...change, more: [...named, ...change.more ?? []] });
    },
    onSignal: (group) => group.stop(),
  });
}

/** The command that continues: the same, or once the run has begun with `--resume`. */
function continuing(
  { path, resumable, out }: { path: string; resumable: boolean; out: string | undefined },
): string {
  if (!resumable) return commandLine(manual.name, Deno.args);
  return commandLine(manual.name, Deno.args, {
    without: beginning,
    more: [...out === undefined ? ["--out", path] : [], "--resume"],
  });
}

/** The command that scores a checkpoint. */
function scoring({ checkpoint, data }: { checkpoint: string; data: string | undefined }): string {
  const images = data === undefined ? [] : ["--data", data];
  return commandLine("evaluate", ["knn", ...images, "--checkpoint", checkpoint]);
}

if (import.meta.main) await task(manual, prepare);
