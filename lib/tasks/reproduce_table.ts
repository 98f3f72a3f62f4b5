import {
  type CommandLine,
  commandLine,
  computingFlags,
  Interruption,
  print,
  printJson,
  savingFlags,
  say,
  shared,
  task,
  userPath,
  weightFlags,
  type Work,
} from "../cli/mod.ts";
import { allowances, minutesOf } from "../configs/mod.ts";
import type { ProtocolTableResult, TableResult } from "../jobs/mod.ts";
import { imagenet, protocolTables, type TableName, tableNames } from "../paper/mod.ts";

const { tensorflow, wasm } = allowances;

/** Minutes of pre-training where a protocol trains the network further, which takes its time. */
const trainsFurtherMinutes = 4;

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
    otherwise: `${tensorflow.minutes}, or ${wasm.minutes} without TensorFlow; ` +
      `${trainsFurtherMinutes} where a protocol trains after it`,
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
  usage: `[${tableNames.join("|")}] [--data DIR] [--minutes M | --epochs N] [--seeds N] [--fresh]`,
  about:
    "Pre-trains a backbone from scratch, scores it against baselines, and prints the paper's " +
    "table, or the published results of a protocol, with the measured rows beneath it. A finished " +
    "run is used again, an unfinished one is continued.",
  flags,
  recipe: true,
  endings: ["failed", "misused", "diverged", "interrupted"],
} as const;

async function prepare(
  { values, words, recipe, wording }: CommandLine<typeof flags>,
): Promise<Work> {
  const table = tableIn(words);
  const given = minutesOf(values, recipe.overrides);
  const minutes = given === undefined && trainsFurther(table) ? trainsFurtherMinutes : given;
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
    ...trainsFurther(table) && { only: "knn" as const },
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
    const options = {
      ...{ observer: screen, signal: interruption.signal },
      ...{ device, compiler, deterministic },
    };
    const run = async (): Promise<TableResult | ProtocolTableResult> =>
      table === "main"
        ? await jobs.runTable(job, options)
        : await jobs.runProtocolTable(job, table, options);
    const { text, ...result } = await interruption.guard(run);
    const paper = table === "main" ? imagenet : protocolTables[table].rows;
    if (json) printJson({ paper, ...result, rows: result.measured });
    else print(text);
    say(`\n${result.folder}/figure.html shows it.`);
  };
}

/** Whether the protocol of a table trains the network further. */
function trainsFurther(table: TableName): boolean {
  return table === "fine-tune" || table === "semi-supervised" || table === "transfer";
}

/**
 * The table that a command line names, by default the main one.
 *
 * @throws {TypeError} If it names another one, or several.
 */
function tableIn([first = "main", ...rest]: readonly string[]): TableName {
  const name = tableNames.find((name) => name === first);
  if (name !== undefined && rest.length === 0) return name;
  const words = [first, ...rest].join(" ");
  throw new TypeError(`reproduce-table takes one of ${tableNames.join(", ")}, not "${words}"`);
}

if (import.meta.main) await task(manual, prepare);
