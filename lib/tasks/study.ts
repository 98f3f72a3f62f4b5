import {
  type CommandLine,
  commandLine,
  computingFlags,
  Interruption,
  loadingFlags,
  off,
  print,
  printJson,
  say,
  shared,
  task,
  userPath,
  type Work,
} from "../cli/mod.ts";
import { escapeControls } from "../images/mod.ts";

const flags = {
  hours: {
    kind: "number",
    min: 0.001,
    max: 500,
    about: "Hours after which to stop; the same command continues",
    otherwise: "until all cells are done",
  },
  out: {
    kind: "text",
    placeholder: "DIR",
    about: "The campaign's folder, with rows.jsonl and the runs of the cells",
    otherwise: "in data/runs, named after the data",
  },
  only: {
    kind: "text",
    placeholder: "CELL",
    about: 'One cell by its name, such as "LGDS, seed 3", or one part of the design, such as ' +
      "recipe",
    otherwise: "all cells",
  },
  epochs: {
    kind: "number",
    min: 0.01,
    max: 10000,
    about: "Epochs of the main budget, of which the others are multiples",
    otherwise: "those of the design, 4",
  },
  data: shared.data,
  levels: {
    kind: "text",
    placeholder: "FILE",
    about: 'Coarser classes of the images, as JSON: { "kind": { "animals": ["lion"], ... } }',
    otherwise: "classes as the folders are",
  },
  list: off("Print the cells of the design, with what is done, and end"),
  ...computingFlags,
  ...loadingFlags,
  json: shared.json,
} as const;

const manual = {
  name: "study",
  usage: "granularity [--hours H] [--out DIR] [--only CELL] [--epochs N] [--list]",
  about:
    "Trains and scores the cells of a study, one after the other in the order of importance, and " +
    "adds a line to rows.jsonl for each that is done. Ctrl-C stops it in the middle of a training; " +
    "the same command continues, and repeats nothing that is done.",
  flags,
  endings: ["failed", "misused", "interrupted"],
} as const;

async function prepare({ values, words, wording }: CommandLine<typeof flags>): Promise<Work> {
  checkName(words);
  const { hours, list, json, device, compiler, deterministic, ...request } = values;
  const studies = await import("../study/mod.ts");
  const jobs = await import("../jobs/mod.ts");
  const job = await studies.prepareStudy({
    ...request,
    ...{ out: userPath(values.out), data: userPath(values.data) },
    ...{ levels: userPath(values.levels), cache: userPath(values.cache) },
  });
  if (list) {
    const left = new Set(studies.pending(job, await studies.rowsIn(job.out)));
    return () =>
      print(job.cells.map((cell) => `${left.has(cell) ? "-" : "x"} ${cell.name}\n`).join(""));
  }
  return async () => {
    using screen = new jobs.StandardError(wording);
    using interruption = new Interruption(() => commandLine(manual.name, Deno.args));
    screen.heed = (heeded) => interruption.heed(heeded);
    const { rows, left, folder } = await interruption.guard(() =>
      studies.runStudy(job, {
        ...{ observer: screen, signal: interruption.signal, hours },
        ...{ device, compiler, deterministic },
      })
    );
    if (json) printJson({ rows, left, folder });
    say(
      `\n${rows.length} cells are done, ${left} remain; ${escapeControls(folder)}/rows.jsonl ` +
        "holds their scores",
    );
  };
}

/**
 * Refuses another study than there is.
 *
 * @throws {TypeError} If no name stands there, or another one.
 */
function checkName(words: readonly string[]): void {
  if (words.length === 1 && words[0] === "granularity") return;
  const name = escapeControls(words.join(" "));
  throw new TypeError(`study takes the name of a study, granularity, not "${name}"`);
}

if (import.meta.main) await task(manual, prepare);
