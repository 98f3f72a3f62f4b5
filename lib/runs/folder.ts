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

/** The folder of this project, or of the package that a program imports. */
const project = new URL("../../", import.meta.url);

/** Where runs lie unless another place is named; see {@linkcode defaultFolder}. */
export const runsFolder: string = defaultFolder(project, {
  named: orUndefined(() => Deno.env.get("MUGS_RUNS")),
  working: orUndefined(() => Deno.cwd()),
});

/**
 * Where runs lie unless another place is named: in `MUGS_RUNS`; in a clone of this project in its
 * `data/runs`; and for programs elsewhere, which only import it, in `runs` of their working folder.
 */
export function defaultFolder(
  project: URL,
  { named, working }: { named: string | undefined; working: string | undefined },
): string {
  if (named) return named;
  const clone = decodeURIComponent(project.pathname);
  const outside = project.protocol !== "file:" ||
    (working !== undefined && !`${working}/`.startsWith(clone));
  return outside ? `${working ?? "."}/runs` : `${clone}data/runs`;
}

/** What may be asked for; `undefined` where Deno was not given the permission. */
function orUndefined(ask: () => string | undefined): string | undefined {
  try {
    return ask();
  } catch {
    return undefined;
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

/** Whether a run has begun in a folder since some time. */
export async function hasBegun(run: Pick<Run, "path">, since: Date): Promise<boolean> {
  const record = await Deno.stat(pathOf(run, "config.json")).catch(() => null);
  return record?.mtime !== undefined && record?.mtime !== null && record.mtime >= since;
}

function exists(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}
