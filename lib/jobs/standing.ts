import { openState } from "../pretraining/mod.ts";
import { begun, file, holdsCheckpoint, isRunning, readLines, type Run } from "../runs/mod.ts";

/** What can be said of a run: nothing was begun, a process works on it, it came to its last step, or it can go on. */
export type Standing = "new" | "running" | "finished" | "stopped";

/** How a run stands. */
export async function standing(run: Pick<Run, "path">): Promise<Standing> {
  if (await isRunning(run)) return "running";
  if (await begun(run) === null) return "new";
  const last = (await readLines(run).catch(() => [])).at(-1);
  if (!last || last.step !== last.steps || !await holdsCheckpoint(run)) return "stopped";
  // The last line is written before the last checkpoint.
  const { step } = await openState(file(run, "checkpoint.safetensors"));
  return step === last.step ? "finished" : "stopped";
}
