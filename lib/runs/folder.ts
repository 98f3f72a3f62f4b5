import type { Identity } from "./key.ts";

/** What lies in a run's folder. */
export type RunFile =
  | "config.json"
  | "metrics.jsonl"
  | "skipped.jsonl"
  | "checkpoint.safetensors"
  | "table.md"
  | "table.json"
  | "figure.html"
  | "log.txt"
  | "lock";

/** A run's folder. */
export type Run = { path: string; key: string };

/** Where runs lie unless another place is named: the folder `MUGS_RUNS`, else `data/runs` beside `lib`. */
export const runs: string = named() ??
  decodeURIComponent(new URL("../../data/runs", import.meta.url).pathname);

function named(): string | undefined {
  try {
    return Deno.env.get("MUGS_RUNS") || undefined;
  } catch {
    return undefined; // the environment may not be read
  }
}

/** A file of a run. */
export function file({ path }: Pick<Run, "path">, name: RunFile): string {
  return `${path}/${name}`;
}

/** Whether a run has left a checkpoint. */
export function holdsCheckpoint(run: Pick<Run, "path">): Promise<boolean> {
  return exists(file(run, "checkpoint.safetensors"));
}

/** Whether a folder holds a run, begun at least, which another run would overwrite. */
export async function holdsRun(run: Pick<Run, "path">): Promise<boolean> {
  return await exists(file(run, "config.json")) || await holdsCheckpoint(run);
}

function exists(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}

/** What `config.json` tells of a run. */
export type Begun = Identity & {
  key: string;
  /** The configuration as it is run: with the number of steps frozen. */
  resolved: Record<string, unknown>;
  dataName: string;
  /** Number of the images to learn from. */
  images: number;
};

/** What a run's folder tells of how it began, or `null` where no run has begun. */
export async function begun(run: Pick<Run, "path">): Promise<Begun | null> {
  try {
    return JSON.parse(await Deno.readTextFile(file(run, "config.json")));
  } catch {
    return null;
  }
}

/**
 * Begins a run: makes its folder if it is not there, takes away what a run before it left there, and writes its
 * `config.json`, without which there is no run.
 *
 * @throws {Error} If the folder cannot be made or written to.
 */
export async function start(run: Run, told: Omit<Begun, "key">): Promise<void> {
  const text = JSON.stringify({ key: run.key, ...told }, null, 2) + "\n";
  await writingTo(run.path, async () => {
    await Deno.mkdir(run.path, { recursive: true });
    await forget(run);
    await writeText(file(run, "config.json"), text);
  });
}

/** Takes away what a run has left in its folder, and nothing else. */
export async function forget(run: Pick<Run, "path">): Promise<void> {
  await Deno.remove(file(run, "config.json")).catch(() => {}); // first: without it there is no run
  for await (const { name } of Deno.readDir(run.path)) {
    if (left.test(name)) await Deno.remove(`${run.path}/${name}`);
  }
}

/** Goes on with a run: takes away what was being written when it ended, and its result if there is one. */
export async function goOn(run: Pick<Run, "path">): Promise<void> {
  for await (const { name } of Deno.readDir(run.path)) {
    if (part.test(name) || name === "table.json") await Deno.remove(`${run.path}/${name}`);
  }
}

/** A file of a run that is being written. */
const part = /^[\w.-]+\.[0-9a-f]{8}\.part$/;

/** What a run leaves in its folder beside `config.json` and `lock`. */
const left =
  /^((table|figure)\.\w+|(metrics|skipped)\.jsonl|checkpoint(-\d+)?\.safetensors|[\w.-]+\.[0-9a-f]{8}\.part)$/;

/** Writes the result of a run: the one that stands for being finished, `table.json`, comes last. */
export async function finish<Result>(
  run: Run,
  result: Result,
  documents: Partial<Record<RunFile, string>>,
): Promise<void> {
  const text = JSON.stringify({ key: run.key, ...result }, null, 2) + "\n";
  await writingTo(run.path, async () => {
    for (const [name, text] of Object.entries(documents)) {
      await writeText(file(run, name as RunFile), text);
    }
    await writeText(file(run, "table.json"), text);
  });
}

/** The result of a run if it was finished under the same key, else `null`. */
export async function finished<Result>(run: Run): Promise<Result | null> {
  try {
    const stored = JSON.parse(await Deno.readTextFile(file(run, "table.json")));
    return stored.key === run.key ? stored : null;
  } catch {
    return null;
  }
}

/**
 * Writes to a run's folder.
 *
 * @throws {Error} If the system refuses: why, and what to do.
 */
export async function writingTo<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    const reason = (cause as Error).message.replace(/: \w+ '.*'$/s, ""); // the path is told once
    const advice = "see that there is room and that it may be written to, or name another folder";
    throw new Error(`Cannot write to ${path}: ${reason}; ${advice}`, { cause });
  }
}

/** Writes a text so that a reader sees the old one or the new one, never a part. */
export async function writeText(path: string, text: string): Promise<void> {
  const beside = `${path}.${crypto.randomUUID().slice(0, 8)}.part`;
  try {
    await Deno.writeTextFile(beside, text);
    await Deno.rename(beside, path);
  } catch (error) {
    await Deno.remove(beside).catch(() => {});
    throw error;
  }
}
