import { openCheckpoint } from "../checkpoint/mod.ts";
import {
  holdsCheckpoint,
  isRunning,
  pathOf,
  readConfig,
  readLines,
  type Run,
} from "../runs/mod.ts";

/**
 * What can be said of a run: it has not begun, a process works on it, it has come to its last step,
 * or it can be continued.
 */
export type Status = "new" | "running" | "finished" | "stopped";

/** The status of a run. */
export async function status(run: Pick<Run, "path">): Promise<Status> {
  if (await isRunning(run)) return "running";
  if (await readConfig(run) === null) return "new";
  const last = (await readLines(run).catch(() => [])).at(-1);
  if (!last || last.step !== last.steps || !await holdsCheckpoint(run)) return "stopped";
  // The last line is written before the last checkpoint.
  const { tensors } = openCheckpoint(pathOf(run, "checkpoint.safetensors"));
  return tensors.step?.read()[0] === last.step ? "finished" : "stopped";
}
