import { checkConfig, type Config } from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { pathOf, type Run } from "../runs/mod.ts";
import { openOriginal, type Original, originalBase, restoreOriginal } from "../original/mod.ts";
import { lengthOf, saveState } from "../pretraining/mod.ts";
import { dispose } from "../tree/mod.ts";
import {
  originOfAll,
  overrideOrigins,
  type ResolvedConfig,
  withArchitecture,
} from "./configure.ts";
import { type Observer, silent } from "./observer.ts";

/** A run of the official program, and the configuration with which it is continued. */
export type OriginalRun = ResolvedConfig & { original: Original };

/**
 * Opens a full checkpoint of the official program, to continue it in a new run. The configuration
 * is that of its arguments; what they do not say is that of the recipe for ViT-S; overrides come
 * before both.
 *
 * @throws {TypeError} If it cannot be continued.
 */
export function openOriginalRun(path: string, overrides: Partial<Config>): OriginalRun {
  const { changes, implied } = withArchitecture(overrides);
  const original = openOriginal(path, { heads: changes.heads });
  const config = {
    ...originalBase,
    ...original.config,
    ...changes,
    arch: original.config.arch ?? "custom",
    preset: "original",
  };
  checkConfig(config);
  if (original.epoch >= config.epochs) {
    throw new TypeError(
      `Cannot continue from ${path}: it has done ${original.epoch} of ${config.epochs} epochs; ` +
        "`epochs` gives it more",
    );
  }
  const origins = {
    ...originOfAll(originalBase, { kind: "preset", name: originalBase.preset }),
    ...originOfAll({ ...original.config, preset: "original" }, { kind: "checkpoint" }),
    ...overrideOrigins(changes, implied),
  };
  return { original, config: Object.freeze(config), origins };
}

/** Writes the state of the official program as the first checkpoint of a run that has begun. */
export async function importState(
  run: Pick<Run, "path">,
  { original, config }: Pick<OriginalRun, "original" | "config">,
  { data, observer = silent }: { data: Dataset; observer?: Observer },
): Promise<void> {
  const { stepsPerEpoch, steps } = lengthOf(config, data.train.length);
  const state = restoreOriginal(original, config, stepsPerEpoch);
  await saveState(pathOf(run, "checkpoint.safetensors"), state, { config });
  dispose(state);
  const { epoch, path } = original;
  const step = epoch * stepsPerEpoch;
  observer.tell(`Continuing ${path} after its epoch ${epoch}: step ${step} of ${steps}`);
}
