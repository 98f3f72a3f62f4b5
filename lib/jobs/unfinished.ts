import { type Config, readConfig } from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { begun, file, holdsCheckpoint, holdsRun, type Run } from "../runs/mod.ts";
import type { StoredState } from "../pretraining/mod.ts";

/** What a run that has begun goes on from: its own configuration, and its checkpoint if it has come to one. */
export type Unfinished = { config: Config; from: StoredState | null };

/**
 * Reads where a run has come to; `null` where none has begun.
 *
 * @throws {Error} If its checkpoint is damaged or none of a training.
 */
export async function unfinished(run: Pick<Run, "path">): Promise<Unfinished | null> {
  if (await holdsCheckpoint(run)) {
    const { openState } = await import("../pretraining/mod.ts");
    try {
      const from = openState(file(run, "checkpoint.safetensors"));
      return { config: from.config, from };
    } catch (error) {
      throw new Error(`${(error as Error).message}; --fresh begins anew`, { cause: error });
    }
  }
  const told = await begun(run);
  return told?.resolved ? { config: readConfig(told.resolved), from: null } : null;
}

/**
 * Refuses to go on with other images than a run began with.
 *
 * @throws {Error} If they are others.
 */
export async function checkData(run: Pick<Run, "path">, data: Dataset): Promise<void> {
  const before = await begun(run);
  if (!before) return;
  if (before.dataName !== data.name) {
    throw new Error(
      `Cannot go on with ${data.name} in ${run.path}: it learned from ${before.dataName}; name that, or another --out`,
    );
  }
  const { length } = data.train;
  if (before.images === undefined || before.images === length) return;
  throw new Error(
    `Cannot go on in ${run.path}: it began with ${before.images} images of ${data.name}, and there are ` +
      `${length} now; bring them back, or begin anew with --fresh`,
  );
}

/**
 * Refuses to begin a run in a folder that holds one, or anything at all.
 *
 * @param ways What to do about a run that is there.
 * @throws {Error} If it does.
 */
export async function checkEmpty(path: string, ways: string): Promise<void> {
  if (await holdsRun({ path })) throw new Error(`${path} holds ${ways}`);
  const found = await Array.fromAsync(Deno.readDir(path)).catch(() => []);
  const other = found.find(({ name }) => name !== "lock");
  if (!other) return;
  throw new Error(
    `${path} is not empty, it holds "${other.name}": name a new folder, or write beside it with --fresh`,
  );
}
