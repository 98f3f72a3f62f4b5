import { isRunning, type Line, readLines, type Run } from "../runs/mod.ts";
import { failure, stopping } from "./log.ts";
import { standing } from "./standing.ts";

/** What the metrics of a run say of a step; losses and signs of health stand there by their names. */
export type Step = Line & { steps: number; epoch: number; seconds: number; total: number };

/**
 * What a run has told so far, again whenever there is more, until its process ends: all steps from the first one on, also
 * of what it did before it was stopped. A run that nobody works on tells what there is, once.
 *
 * @param every Seconds between two looks.
 * @throws {Error} If the run broke off, unless it was told to stop: why.
 */
export async function* follow(
  run: Pick<Run, "path">,
  { every = 0.5 }: { every?: number } = {},
): AsyncGenerator<Step[], void, void> {
  let told = 0;
  for (let working = true, began = true; working; began = false) {
    working = await isRunning(run); // asked before reading: what is written last is not missed
    const lines = await readLines(run).catch(() => []) as Step[];
    const step = lines.at(-1)?.step ?? 0;
    if (step > 0 && (began || step !== told)) yield lines;
    told = step;
    if (working) await new Promise((resolve) => setTimeout(resolve, 1000 * every));
  }
  if (["finished", "new"].includes(await standing(run))) return;
  if (await stopping(run) === null) throw await failure(run);
}
