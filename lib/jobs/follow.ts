import { isRunning, type Line, readLines, type Run } from "../runs/mod.ts";
import { failure, stopMessage } from "./log.ts";
import { status } from "./status.ts";

/**
 * What the metrics of a run say of a step; losses and signs of health stand there by their names.
 */
export type Step = Line & { steps: number; epoch: number; seconds: number; total: number };

/**
 * Follows a run until its process ends: yields all steps so far, from the first one on, whenever
 * there are more, also those from before it was stopped. A run on which no process works yields its
 * steps once.
 *
 * @param options `every`: seconds between two looks.
 * @throws {Error} If the run broke off, unless it was asked to stop: why.
 */
export async function* follow(
  run: Pick<Run, "path">,
  { every = 0.5 }: { every?: number } = {},
): AsyncGenerator<Step[], void, void> {
  let newest = 0;
  for (let running = true, first = true; running; first = false) {
    running = await isRunning(run); // asked before reading: what is written last is not missed
    const lines = await readLines(run).catch(() => []) as Step[];
    const step = lines.at(-1)?.step ?? 0;
    if (step > 0 && (first || step !== newest)) yield lines;
    newest = step;
    if (running) await new Promise((resolve) => setTimeout(resolve, 1000 * every));
  }
  if (["finished", "new"].includes(await status(run))) return;
  if (await stopMessage(run) === null) throw await failure(run);
}
