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
  | "lock";

/** A run's folder. */
export type Run = { path: string; key: string };

/** Where runs lie unless another place is named: `data/runs` beside `lib`. */
export const runs: string = decodeURIComponent(
  new URL("../../data/runs", import.meta.url).pathname,
);

/** A file of a run. */
export function file({ path }: Pick<Run, "path">, name: RunFile): string {
  return `${path}/${name}`;
}

/** Whether a run has left a checkpoint, which another run would overwrite. */
export function holdsCheckpoint(run: Pick<Run, "path">): Promise<boolean> {
  return Deno.stat(file(run, "checkpoint.safetensors")).then(() => true, () => false);
}

/**
 * The folder of a run, made if it is not there, with its `config.json`.
 *
 * @param resolved The configuration as it was run: with the number of steps frozen.
 * @throws {Error} If the folder cannot be made.
 */
export async function start(
  run: Run,
  identity: Identity & { resolved: Record<string, unknown>; dataName: string },
): Promise<void> {
  await Deno.mkdir(run.path, { recursive: true });
  await Deno.remove(file(run, "table.json")).catch(() => {}); // no longer finished
  await Deno.remove(file(run, "skipped.jsonl")).catch(() => {});
  await writeText(
    file(run, "config.json"),
    JSON.stringify({ key: run.key, ...identity }, null, 2) + "\n",
  );
}

/** Writes the result of a run: the one that stands for being finished, `table.json`, comes last. */
export async function finish<Result>(
  run: Run,
  result: Result,
  documents: Partial<Record<RunFile, string>>,
): Promise<void> {
  for (const [name, text] of Object.entries(documents)) {
    await writeText(file(run, name as RunFile), text);
  }
  await writeText(
    file(run, "table.json"),
    JSON.stringify({ key: run.key, ...result }, null, 2) + "\n",
  );
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
