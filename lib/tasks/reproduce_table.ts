import {
  type CommandLine,
  commandLine,
  computingFlags,
  Interruption,
  loadingFlags,
  print,
  printJson,
  savingFlags,
  say,
  shared,
  task,
  userPath,
  type Values,
  weightFlags,
  type Work,
} from "../cli/mod.ts";
import { allowances, minutesOf, onlyOne } from "../configs/mod.ts";
import { escapeControls } from "../images/mod.ts";
import type { JobOptions, ProtocolTableResult, StandardError, TableResult } from "../jobs/mod.ts";
import { imagenet, protocolTables, type TableName, tableNames } from "../paper/mod.ts";

const { tensorflow, wasm } = allowances;

/** Minutes of pre-training where a protocol trains the network further, which takes its time. */
const trainsFurtherMinutes = 4;

const flags = {
  methods: {
    kind: "text",
    placeholder: "all|NAME,...",
    about:
      "Methods to compare, with the same images, epochs and seeds, by their small presets, of which " +
      "what was tuned in one alone is set back",
    otherwise: "the one of --method",
  },
  backbone: {
    kind: "choice",
    choices: ["vit", "resnet", "both"],
    about: "Backbone of the methods that are compared",
    otherwise: "vit",
  },
  data: shared.data,
  out: {
    kind: "text",
    placeholder: "DIR",
    about: "The run's folder",
    otherwise: "in data/runs, named after what the run is",
  },
  checkpoint: {
    ...shared.checkpoint,
    about: "Score these weights instead of training: safetensors, .pth, .pkl or .index",
  },
  ...weightFlags,
  minutes: {
    ...shared.minutes,
    otherwise: `${tensorflow.minutes}, or ${wasm.minutes} without TensorFlow; ` +
      `${trainsFurtherMinutes} where a protocol trains after it; with --methods 4 epochs`,
  },
  seeds: {
    kind: "integer",
    min: 1,
    max: 100,
    about: "Runs of consecutive seeds",
    otherwise: "1, or 3 with --methods",
  },
  k: shared.k,
  temperature: shared.temperature,
  config: shared.config,
  ...computingFlags,
  maxBad: shared.maxBad,
  skipBad: shared.skipBad,
  fresh: shared.fresh,
  ...savingFlags,
  ...loadingFlags,
  json: shared.json,
} as const;

const manual = {
  name: "reproduce-table",
  usage: `[${tableNames.join("|")}] [--methods all|NAME,...] [--data DIR] ` +
    "[--minutes M | --epochs N] [--seeds N] [--fresh]",
  about:
    "Pre-trains a backbone from scratch, scores it against baselines, and prints the paper's " +
    "table, or the published results of a protocol, with the measured rows beneath it. A finished " +
    "run is used again, an unfinished one is continued. With --methods, several methods are " +
    "trained and scored alike: all of them take an estimated hour on two idle cores.",
  flags,
  recipe: true,
  endings: ["failed", "misused", "diverged", "interrupted"],
} as const;

/** Makes a table. */
type Run = (options: JobOptions) => Promise<TableResult | ProtocolTableResult>;

async function prepare(line: CommandLine<typeof flags>): Promise<Work> {
  const { values: { json, device, compiler, deterministic, methods }, words, wording } = line;
  const table = tableIn(words);
  const jobs = await import("../jobs/mod.ts");
  const screen = new jobs.StandardError(wording);
  const run = methods === undefined
    ? await oneMethod(line, table, screen)
    : await severalMethods(line, table, { methods, screen });
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
    const { text, ...result } = await interruption.guard(() => run(options));
    const paper = table === "main" ? imagenet : protocolTables[table].rows;
    if (json) printJson({ paper, ...result, rows: result.measured });
    else print(text);
    say(`\n${escapeControls(result.folder)}/figure.html shows it.`);
  };
}

/** The table of one method, or of a checkpoint. */
async function oneMethod(
  { values, recipe }: CommandLine<typeof flags>,
  table: TableName,
  screen: StandardError,
): Promise<Run> {
  if (values.backbone !== undefined) {
    throw new TypeError("`backbone` needs `methods`; `preset` chooses that of one method");
  }
  const given = minutesOf(values, recipe.overrides);
  const jobs = await import("../jobs/mod.ts");
  const { config } = values;
  const job = await jobs.prepareTable({
    ...requestIn(values),
    ...recipe,
    minutes: given === undefined && trainsFurther(table) ? trainsFurtherMinutes : given,
    ...trainsFurther(table) && { only: "knn" as const },
    file: config === undefined ? null : await jobs.readConfigFile(userPath(config)),
    checkpoint: userPath(values.checkpoint),
  }, screen);
  return async (options) =>
    table === "main"
      ? await jobs.runTable(job, options)
      : await jobs.runProtocolTable(job, table, options);
}

/** The main table with rows of several methods. */
async function severalMethods(
  { values, recipe: { method, preset, overrides } }: CommandLine<typeof flags>,
  table: TableName,
  { methods, screen }: { methods: string; screen: StandardError },
): Promise<Run> {
  if (table !== "main") throw new TypeError(`\`methods\` compares in the main table, not ${table}`);
  const { checkpoint, config, key, partial, backbone } = values;
  for (const other of Object.entries({ method, preset, checkpoint, config, key, partial })) {
    onlyOne({ methods, ...Object.fromEntries([other]) });
  }
  const jobs = await import("../jobs/mod.ts");
  const job = await jobs.prepareMethods({
    ...requestIn(values),
    ...{ overrides, minutes: minutesOf(values, overrides) },
    methods: methods === "all" ? methods : methods.split(","),
    ...backbone && { backbones: backbone === "both" ? ["vit", "resnet"] : [backbone] },
  }, screen);
  return (options) => jobs.runMethods(job, options);
}

/** What the flags say of any table. */
function requestIn(
  { data, out, seeds, k, temperature, backend, key, partial, ...rest }: Values<typeof flags>,
) {
  const { maxBad, skipBad, fresh, saveEvery, keep, maxRollbacks, workers, cache } = rest;
  return {
    ...{ data: userPath(data), out: userPath(out), seeds, k, temperature, backend, key, partial },
    ...{ maxBad, skipBad, fresh, saving: { saveEvery, keep, maxRollbacks } },
    ...{ workers, cache: userPath(cache) },
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
  const words = escapeControls([first, ...rest].join(" "));
  throw new TypeError(`reproduce-table takes one of ${tableNames.join(", ")}, not "${words}"`);
}

if (import.meta.main) await task(manual, prepare);
