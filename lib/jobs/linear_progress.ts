import { fromTensors, readSafetensors, toTensors, writeSafetensors } from "../checkpoint/mod.ts";
import { escapeControls } from "../images/mod.ts";
import type { LinearColumns, LinearProgress } from "../protocols/mod.ts";

/**
 * Saves what linear classifiers have come to, so that a reader sees the old file or the new one.
 *
 * @param key What the classifiers are, in a few characters.
 */
export async function saveLinearProgress(
  path: string,
  key: string,
  { epoch, columns, scores }: LinearProgress,
): Promise<void> {
  await writeSafetensors(path, fromTensors(columns), {
    key,
    epoch: String(epoch),
    scores: JSON.stringify(scores),
  });
}

/**
 * What such a file holds; `null` if there is none.
 *
 * @throws {Error} If it holds something else.
 */
export async function readLinearProgress(
  path: string,
  key: string,
): Promise<LinearProgress | null> {
  if (!await Deno.stat(path).catch(() => null)) return null;
  const { metadata, tensors } = await readSafetensors(path);
  if (metadata.key !== key) {
    throw new Error(
      `Cannot continue ${escapeControls(path)}: it is of other classifiers, weights or images; ` +
        "name another file",
    );
  }
  return {
    epoch: Number(metadata.epoch),
    columns: toTensors(tensors) as LinearColumns,
    scores: JSON.parse(metadata.scores ?? "[]"),
  };
}
