import {
  commandLine,
  type Flag,
  type Flags,
  formatValue,
  Interruption,
  off,
  onlyOne,
} from "../../cli/mod.ts";
import type { Field } from "../../configs/mod.ts";
import type { StandardError } from "../../jobs/mod.ts";

/** Flags of all protocols that train in a run's folder. */
export const folderFlags = {
  fromScratch: off("Begin at random instead of with the weights, as a baseline"),
  out: {
    kind: "text",
    placeholder: "RUN",
    about: "The run's folder",
    otherwise: "a new one in data/runs",
  },
  resume: off("Continue from the checkpoint in --out, with its configuration"),
  fresh: off("Begin anew in a folder that holds a run"),
} as const satisfies Flags;

/** Flags of the dense protocols that train. */
export const denseFlags = {
  evalEvery: {
    kind: "integer",
    min: 1,
    max: 100000,
    about: "Epochs between evaluations on the validation part",
    otherwise: "the end alone is scored",
  },
} as const satisfies Flags;

/** The recipes of a protocol as flags: their names, and their fields with the values of one. */
export function recipeFlags(
  fields: Readonly<Record<string, Field>>,
  { names, values, otherwise }: {
    names: string[];
    values: Readonly<Record<string, unknown>>;
    /** Which recipe is taken where none is named. */
    otherwise: string;
  },
): Flags {
  const entries = Object.entries(fields).flatMap(([name, field]): [string, Flag][] => {
    if (field.kind === "fixed") return [];
    return [[name, { ...field, otherwise: formatValue(values[name]) }]];
  });
  const about = "Recipe: a small one, or that of a published run";
  return {
    preset: { kind: "choice", choices: names, about, otherwise },
    ...Object.fromEntries(entries),
  };
}

/** The recipe that a command line names, and the fields that it changes. */
export function recipeIn(
  values: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): { preset: string | undefined; overrides: Record<string, unknown> } {
  const { preset, ...overrides } = Object.fromEntries(
    fields.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]),
  );
  onlyOne({ epochs: overrides.epochs, steps: overrides.steps });
  return { preset: preset as string | undefined, overrides };
}

/** Trains until the end or an interruption, which says by which command to continue. */
export async function interruptibly<Result>(
  train: (signal: AbortSignal) => Promise<Result>,
  { job, out, screen }: {
    job: { path: string; resume: boolean };
    /** The folder as the command line names it. */
    out: string | undefined;
    screen: StandardError;
  },
): Promise<Result> {
  let resumable = job.resume;
  using interruption = new Interruption(() => continuing(job.path, { resumable, out }));
  screen.heed = (heeded) => {
    resumable ||= heeded;
    interruption.heed(heeded);
  };
  const { signal } = interruption;
  return await interruption.guard(() => train(signal));
}

/** The command that continues: the same, or once the run has begun with `--resume`. */
function continuing(
  path: string,
  { resumable, out }: { resumable: boolean; out: string | undefined },
): string {
  if (!resumable) return commandLine("evaluate", Deno.args);
  return commandLine("evaluate", Deno.args, {
    without: ["--fresh!", "--resume!"],
    more: [...out === undefined ? ["--out", path] : [], "--resume"],
  });
}
