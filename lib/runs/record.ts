import { pathOf, type Run } from "./folder.ts";
import { type Identity, keyOf } from "./key.ts";
import { writeText, writingTo } from "./write_text.ts";

/** What `config.json` says of a run, whose configuration is that which was run. */
export type RunRecord = Omit<Identity, "config"> & {
  key: string;
  /** The configuration as it is run: with the number of steps frozen. */
  resolved: Record<string, unknown>;
  /** In records of earlier versions, the configuration as it was requested. */
  config?: Record<string, unknown>;
  dataName: string;
  /** Number of the images to learn from. */
  images: number;
  /** The steps after which the run had been finished, and was continued for longer. */
  extended?: number[];
};

/** How a run began, by its `config.json`; `null` where no run has begun. */
export async function readConfig(run: Pick<Run, "path">): Promise<RunRecord | null> {
  try {
    return JSON.parse(await Deno.readTextFile(pathOf(run, "config.json")));
  } catch {
    return null;
  }
}

/**
 * Begins a run: makes its folder if it is not there, removes what an earlier run left there, and
 * writes its `config.json`, without which there is no run: all that is said of it but for the
 * configuration as it was requested, of which its key knows.
 *
 * @throws {Error} If the folder cannot be made or written to.
 */
export async function beginRun(
  run: Run,
  { config: _, ...record }: Omit<RunRecord, "key">,
): Promise<void> {
  const text = JSON.stringify({ key: run.key, ...record }, null, 2) + "\n";
  await writingTo(run.path, async () => {
    await Deno.mkdir(run.path, { recursive: true });
    await forget(run);
    await writeText(pathOf(run, "config.json"), text);
  });
}

/** What a run is continued with for longer. */
export type Extension = {
  /** Its configuration from now on. */
  resolved: Record<string, unknown>;
  minutes: number | null;
  /** Steps done so far. */
  step: number;
};

/**
 * Notes in the record of a run that it is continued for longer, which makes it another one than was
 * requested at first.
 */
export async function extendRun(
  run: Pick<Run, "path">,
  { resolved, minutes, step }: Extension,
): Promise<void> {
  const record = await readConfig(run);
  if (!record) return;
  const { key: _, config: __, extended = [], ...before } = record;
  const { data, backend, checkpoint, protocol } = before;
  const key = await keyOf({ config: resolved, minutes, data, backend, checkpoint, protocol });
  const next = { ...before, minutes, resolved, extended: [...extended, step] };
  await writeText(pathOf(run, "config.json"), JSON.stringify({ key, ...next }, null, 2) + "\n");
}

/** Removes what a run has left in its folder, and nothing else. */
export async function forget(run: Pick<Run, "path">): Promise<void> {
  // First: without it there is no run.
  await Deno.remove(pathOf(run, "config.json")).catch(() => {});
  for await (const { name } of Deno.readDir(run.path)) {
    if (remains.test(name)) await Deno.remove(`${run.path}/${name}`);
  }
}

/**
 * Continues a run: removes what was being written when it ended, and its result if there is one.
 */
export async function resume(run: Pick<Run, "path">): Promise<void> {
  for await (const { name } of Deno.readDir(run.path)) {
    if (part.test(name) || name === "table.json") await Deno.remove(`${run.path}/${name}`);
  }
}

/** The name of a file that is being written. */
const part = /^[\w.-]+\.[0-9a-f]{8}\.part$/;

/** The names of what a run leaves in its folder beside `config.json` and `lock`. */
const remains = new RegExp(
  [
    /^(table|figure)\.\w+$/,
    /^(metrics|skipped)\.jsonl$/,
    /^events\.out\.tfevents\.[\d.]+\.mugs$/,
    /^checkpoint(-\d+)?\.safetensors$/,
    part,
  ].map(({ source }) => source).join("|"),
);
