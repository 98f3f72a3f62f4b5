import {
  type CommandLine,
  commandLine,
  computingFlags,
  flagsOnly,
  Interruption,
  print,
  savingFlags,
  say,
  shared,
  task,
  userPath,
  weightFlags,
  type Work,
} from "../cli/mod.ts";
import { allowances, minutesOf } from "../configs/mod.ts";
import { imagenet } from "../paper/mod.ts";

const { tensorflow, wasm } = allowances;

const flags = {
  data: shared.data,
  out: {
    kind: "text",
    placeholder: "DIR",
    about: "The run's folder",
    otherwise: "in data/runs, named after what the run is",
  },
  checkpoint: {
    ...shared.checkpoint,
    about: "Score these weights instead of training: safetensors or .pth",
  },
  ...weightFlags,
  minutes: {
    ...shared.minutes,
    otherwise: `${tensorflow.minutes}, or ${wasm.minutes} without TensorFlow`,
  },
  seeds: { kind: "integer", min: 1, max: 100, default: 1, about: "Runs of consecutive seeds" },
  k: shared.k,
  temperature: shared.temperature,
  config: shared.config,
  ...computingFlags,
  maxBad: shared.maxBad,
  skipBad: shared.skipBad,
  fresh: shared.fresh,
  ...savingFlags,
  json: shared.json,
} as const;

const manual = {
  name: "reproduce-table",
  usage: "[--data DIR] [--minutes M | --epochs N] [--seeds N] [--fresh]",
  about:
    "Pre-trains a backbone from scratch, scores it against baselines, and prints the paper's " +
    "table with the measured rows beneath it. A finished run is used again, an unfinished one " +
    "is continued.",
  flags,
  recipe: true,
  endings: ["failed", "misused", "diverged", "interrupted"],
} as const;

async function prepare(
  { values, words, recipe, wording }: CommandLine<typeof flags>,
): Promise<Work> {
  flagsOnly(manual.name, words);
  const minutes = minutesOf(values, recipe.overrides);
  const jobs = await import("../jobs/mod.ts");
  const screen = new jobs.StandardError(wording);
  const {
    json,
    device,
    compiler,
    deterministic,
    saveEvery,
    keep,
    maxRollbacks,
    config,
    ...request
  } = values;
  const job = await jobs.prepareTable({
    ...request,
    ...recipe,
    minutes,
    file: config === undefined ? null : await jobs.readConfigFile(userPath(config)),
    data: userPath(values.data),
    out: userPath(values.out),
    checkpoint: userPath(values.checkpoint),
    saving: { saveEvery, keep, maxRollbacks },
  }, screen);
  return async () => {
    using _ = screen;
    using interruption = new Interruption(() =>
      commandLine(manual.name, Deno.args, { without: ["--fresh!"] })
    );
    screen.heed = (heeded) => interruption.heed(heeded);
    const { signal } = interruption;
    const { text, ...result } = await interruption.guard(() =>
      jobs.runTable(job, { observer: screen, signal, device, compiler, deterministic })
    );
    print(json ? JSON.stringify({ paper: imagenet, ...result }) + "\n" : text);
    say(`\n${result.folder}/figure.html shows it.`);
  };
}

if (import.meta.main) await task(manual, prepare);
