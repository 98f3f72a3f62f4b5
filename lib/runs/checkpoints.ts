import { file, type Run } from "./folder.ts";

/** The checkpoint of a run that was kept under the number of its step. */
const kept = /^checkpoint-(\d+)\.safetensors$/;

/**
 * Saves a run's newest checkpoint, `checkpoint.safetensors`. Of more than one to be kept, the newest also stay under
 * their steps, as `checkpoint-<step>.safetensors`; the newest of them takes no room of its own.
 *
 * @param write Writes a file so that it is there as a whole or not at all.
 * @param options `step`: steps done; `keep`: how many checkpoints to keep.
 */
export async function saveCheckpoint(
  run: Pick<Run, "path">,
  write: (path: string) => Promise<void>,
  { step, keep = 1 }: { step: number; keep?: number },
): Promise<void> {
  const newest = file(run, "checkpoint.safetensors");
  await write(newest);
  if (keep <= 1) return;
  const own = `${run.path}/checkpoint-${step}.safetensors`;
  await Deno.remove(own).catch(() => {});
  await Deno.link(newest, own).catch(() => Deno.copyFile(newest, own));
  for (const old of (await keptSteps(run)).slice(0, -keep)) {
    await Deno.remove(`${run.path}/checkpoint-${old}.safetensors`);
  }
}

/** The steps of which checkpoints were kept beside the newest one, in their order. */
export async function keptSteps({ path }: Pick<Run, "path">): Promise<number[]> {
  const steps: number[] = [];
  for await (const { name } of Deno.readDir(path)) {
    const step = kept.exec(name)?.[1];
    if (step !== undefined) steps.push(Number(step));
  }
  return steps.sort((a, b) => a - b);
}
