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

/** A run's folder, and the key of what it gives. */
export type Run = { path: string; key: string };

/**
 * Where runs lie unless another place is named: the folder `MUGS_RUNS`, else `data/runs` beside
 * `lib`.
 */
export const runsFolder: string = fromEnvironment() ??
  decodeURIComponent(new URL("../../data/runs", import.meta.url).pathname);

function fromEnvironment(): string | undefined {
  try {
    return Deno.env.get("MUGS_RUNS") || undefined;
  } catch {
    return undefined; // the environment may not be read
  }
}

/** The path of a run's file. */
export function pathOf({ path }: Pick<Run, "path">, name: RunFile): string {
  return `${path}/${name}`;
}

/** Whether a run has left a checkpoint. */
export function holdsCheckpoint(run: Pick<Run, "path">): Promise<boolean> {
  return exists(pathOf(run, "checkpoint.safetensors"));
}

/** Whether a folder holds a run, begun at least, which another run would overwrite. */
export async function holdsRun(run: Pick<Run, "path">): Promise<boolean> {
  return await exists(pathOf(run, "config.json")) || await holdsCheckpoint(run);
}

function exists(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}
