import { type Config, restoreConfig } from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { escapeControls } from "../images/mod.ts";
import { holdsCheckpoint, holdsRun, pathOf, readConfig, type Run } from "../runs/mod.ts";
import { openState, type StoredState } from "../pretraining/mod.ts";

/**
 * What a run that has begun continues from: its own configuration, and its checkpoint if it has
 * one.
 */
export type Resumable = { config: Config; from: StoredState | null };

/**
 * Reads how far a run has come; `null` where none has begun. Its length is that of its record: a
 * run that is continued for longer has an older checkpoint at first.
 *
 * @throws {Error} If its checkpoint is damaged or none of a training.
 */
export async function readResumable(run: Pick<Run, "path">): Promise<Resumable | null> {
  const resolved = (await readConfig(run))?.resolved;
  const recorded = resolved ? restoreConfig(resolved) : null;
  if (!await holdsCheckpoint(run)) return recorded && { config: recorded, from: null };
  try {
    const from = openState(pathOf(run, "checkpoint.safetensors"));
    const { epochs, steps } = recorded ?? from.config;
    const config = { ...from.config, epochs, steps };
    return { config, from: { ...from, config } };
  } catch (error) {
    throw new Error(`${(error as Error).message}; \`fresh\` begins anew`, { cause: error });
  }
}

/**
 * Refuses to continue a run with other images than it began with: other ones by their paths within
 * the folder and their sizes, whatever the folder is called.
 *
 * @throws {Error} If they are others.
 */
export async function checkSameData(
  run: Pick<Run, "path">,
  data: Pick<Dataset, "name" | "fingerprint"> & { train: readonly unknown[] },
): Promise<void> {
  const record = await readConfig(run);
  if (!record) return;
  const { dataName, images, data: fingerprint, config, resolved } = record;
  const { length } = data.train;
  // Records of earlier versions name no method, and knew data by the times of files.
  const earlier = config ? config.method === undefined : resolved === undefined;
  const same = earlier ? dataName === data.name : fingerprint === data.fingerprint;
  if (same && (images === undefined || images === length)) return;
  const [name, path] = [data.name, run.path].map(escapeControls);
  if (dataName === data.name && images !== undefined && images !== length) {
    throw new Error(
      `Cannot continue in ${path}: it began with ${images} images of ${name}, and there ` +
        `are ${length} now; bring them back, or begin anew with \`fresh\``,
    );
  }
  const others = dataName === data.name
    ? "other images of it, by their paths or sizes; bring them back"
    : `${escapeControls(dataName)}, whose images have other paths or sizes; name that`;
  throw new Error(
    `Cannot continue with ${name} in ${path}: it learned from ${others}, or another \`out\``,
  );
}

/**
 * Refuses to begin a run in a folder that holds one, or anything at all.
 *
 * @param ways What to do about a run that is there.
 * @throws {Error} If it does.
 */
export async function checkEmpty(path: string, ways: string): Promise<void> {
  const name = escapeControls(path);
  if (await holdsRun({ path })) throw new Error(`${name} holds ${ways}`);
  const entries = await Array.fromAsync(Deno.readDir(path)).catch(() => []);
  const other = entries.find(({ name }) => name !== "lock");
  if (!other) return;
  throw new Error(
    `${name} is not empty, it holds "${escapeControls(other.name)}": name a new folder, or write ` +
      "beside it with `fresh`",
  );
}
