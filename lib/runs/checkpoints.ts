import { pathOf, type Run } from "./folder.ts";

/** The name of a checkpoint that is kept under the number of its step. */
const numbered = /^checkpoint-(\d+)\.safetensors$/;

/**
 * Saves a run's newest checkpoint, `checkpoint.safetensors`. Where more than one are to be kept,
 * the newest also stay under their steps, as `checkpoint-<step>.safetensors`; the newest of them
 * takes no room of its own.
 *
 * @param write Writes a file so that it is there as a whole or not at all.
 * @param options `step`: steps done; `keep`: how many checkpoints to keep.
 */
export async function saveCheckpoint(
  run: Pick<Run, "path">,
  write: (path: string) => Promise<void>,
  { step, keep = 1 }: { step: number; keep?: number },
): Promise<void> {
  const newest = pathOf(run, "checkpoint.safetensors");
  await write(newest);
  if (keep <= 1) return;
  const copy = numberedPath(run, step);
  await Deno.remove(copy).catch(() => {});
  await Deno.link(newest, copy).catch(() => Deno.copyFile(newest, copy));
  for (const old of (await keptSteps(run)).slice(0, -keep)) {
    await Deno.remove(numberedPath(run, old));
  }
}

function numberedPath({ path }: Pick<Run, "path">, step: number): string {
  return `${path}/checkpoint-${step}.safetensors`;
}

/** The steps of which checkpoints are kept beside the newest one, in their order. */
export async function keptSteps({ path }: Pick<Run, "path">): Promise<number[]> {
  const steps: number[] = [];
  for await (const { name } of Deno.readDir(path)) {
    const step = numbered.exec(name)?.[1];
    if (step !== undefined) steps.push(Number(step));
  }
  return steps.sort((a, b) => a - b);
}
