import { type Config, type MugsConfig, presets } from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { file, type Run } from "../runs/mod.ts";
import type { Original } from "../original/mod.ts";
import { checkConfig, originsOf, overrides, type Resolved, say } from "../cli/mod.ts";
import { userPath } from "./data.ts";

/** The flag that names a checkpoint of the original program, of which a new run is the continuation. */
export const continuedFlags = {
  "resume-from": {
    kind: "text",
    placeholder: "FILE.pth",
    about: "Continue a full checkpoint of the original in a new run, by its own arguments",
  },
} as const;

/** A run of the original program, and the configuration with which it is continued. */
export type Continued = Resolved & { original: Original };

/**
 * The run that `--resume-from` names, or `null`. Its configuration is that of its arguments; what they do not say is that of
 * its recipe for ViT-S; flags overrule both.
 *
 * @throws {TypeError} If it cannot be continued, or other flags contradict it.
 */
export async function continued(values: Record<string, unknown>): Promise<Continued | null> {
  const name = values["resume-from"] as string | undefined;
  if (name === undefined) return null;
  for (const flag of ["resume", "preset", "minutes"]) {
    if (values[flag] === undefined || values[flag] === false) continue;
    throw new TypeError(`--resume-from and --${flag} contradict each other: give one of them`);
  }
  const { openOriginal } = await import("../original/mod.ts");
  const asked = await overrides(values);
  const original = openOriginal(userPath(name), { heads: asked.heads });
  const base = presets.vit_small_100ep;
  const config: MugsConfig = {
    ...base,
    ...original.config,
    ...asked,
    arch: original.config.arch ?? "custom",
    preset: "original",
  };
  checkConfig(config);
  if (original.epoch >= config.epochs) {
    throw new TypeError(
      `Cannot continue from ${name}: it has done ${original.epoch} of ${config.epochs} epochs; ` +
        `--epochs gives it more`,
    );
  }
  const told = Object.keys({ ...original.config, preset: "original" });
  const origins = {
    ...Object.fromEntries(Object.keys(base).map((name) => [name, `preset ${base.preset}`])),
    ...Object.fromEntries(told.map((name) => [name, "checkpoint"])),
    ...originsOf(asked, values),
  };
  return { original, config: Object.freeze(config), origins };
}

/** Writes the state of the original as the first checkpoint of a run that has begun. */
export async function importState(
  run: Pick<Run, "path">,
  { original, config }: Pick<Continued, "original"> & { config: Config },
  data: Dataset,
): Promise<void> {
  const { lengthOf, saveState } = await import("../pretraining/mod.ts");
  const { restoreOriginal } = await import("../original/mod.ts");
  const { dispose } = await import("../tree/mod.ts");
  const { stepsPerEpoch, steps } = lengthOf(config, data.train.length);
  const state = restoreOriginal(original, config, stepsPerEpoch);
  await saveState(file(run, "checkpoint.safetensors"), state, { config });
  dispose(state);
  const { epoch, path } = original;
  say(`Continuing ${path} after its epoch ${epoch}: step ${epoch * stepsPerEpoch} of ${steps}`);
}
