import { type Config, restoreConfig } from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { holdsCheckpoint, holdsRun, pathOf, readConfig, type Run } from "../runs/mod.ts";
import { openState, type StoredState } from "../pretraining/mod.ts";

/**
 * What a run that has begun continues from: its own configuration, and its checkpoint if it has
 * one.
 */
export type Resumable = { config: Config; from: StoredState | null };

/**
 * Reads how far a run has come; `null` where none has begun.
 *
 * @throws {Error} If its checkpoint is damaged or none of a training.
 */
export async function readResumable(run: Pick<Run, "path">): Promise<Resumable | null> {
  if (await holdsCheckpoint(run)) {
    try {
      const from = openState(pathOf(run, "checkpoint.safetensors"));
      return { config: from.config, from };
    } catch (error) {
      throw new Error(`${(error as Error).message}; \`fresh\` begins anew`, { cause: error });
    }
  }
  const record = await readConfig(run);
  return record?.resolved ? { config: restoreConfig(record.resolved), from: null } : null;
}

/**
 * Refuses to continue a run with other images than it began with.
 *
 * @throws {Error} If they are others.
 */
export async function checkSameData(run: Pick<Run, "path">, data: Dataset): Promise<void> {
  const record = await readConfig(run);
  if (!record) return;
  const { dataName, images } = record;
  if (dataName !== data.name) {
    throw new Error(
      `Cannot continue with ${data.name} in ${run.path}: it learned from ${dataName}; ` +
        "name that, or another `out`",
    );
  }
  const { length } = data.train;
  if (images === undefined || images === length) return;
  throw new Error(
    `Cannot continue in ${run.path}: it began with ${images} images of ${data.name}, and there ` +
      `are ${length} now; bring them back, or begin anew with \`fresh\``,
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
  const entries = await Array.fromAsync(Deno.readDir(path)).catch(() => []);
  const other = entries.find(({ name }) => name !== "lock");
  if (!other) return;
  throw new Error(
    `${path} is not empty, it holds "${other.name}": name a new folder, or write beside it ` +
      "with `fresh`",
  );
}
