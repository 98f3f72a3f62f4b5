import { isCheckpoint, openTensors } from "../checkpoint/mod.ts";
import { checkConfig, checkFields, type Config, recipeOf } from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { openOriginal, originalBase, restoreOriginal } from "../original/mod.ts";
import {
  type Course,
  lengthOf,
  openState,
  restoreState,
  saveState,
  type State,
} from "../pretraining/mod.ts";
import { pathOf, type Run } from "../runs/mod.ts";
import { dispose } from "../tree/mod.ts";
import {
  originOfAll,
  overrideOrigins,
  type ResolvedConfig,
  withArchitecture,
  withImplied,
} from "./configure.ts";
import { type Observer, silent } from "./observer.ts";

/**
 * A checkpoint that is continued in a new run, with the configuration there: one of the official
 * program, or of a run of this one.
 */
export type EarlierRun = ResolvedConfig & {
  path: string;
  /** What was done, in words: `epoch 3`. */
  done: string;
  /** Steps done, where an epoch has so many. */
  step(stepsPerEpoch: number): number;
  /** Its state, and what else its run needs to be continued. */
  restore(config: Config, stepsPerEpoch: number): [State, Course];
};

/**
 * Opens a checkpoint, to continue it in a new run. The configuration is its own; overrides come
 * before it.
 *
 * @throws {TypeError} If it cannot be continued.
 */
export function openEarlierRun(path: string, overrides: Partial<Config>): EarlierRun {
  return isOurs(path) ? openOurs(path, overrides) : openOfficial(path, overrides);
}

function isOurs(path: string): boolean {
  using file = openTensors(path);
  return isCheckpoint(file.metadata) && file.metadata.config !== undefined;
}

function openOurs(path: string, overrides: Partial<Config>): EarlierRun {
  const stored = openState(path);
  checkFields(recipeOf(stored.config.method), overrides);
  const { changes, implied } = withImplied(overrides, stored.config);
  const config: Config = { ...stored.config, ...changes };
  checkConfig(config);
  return {
    path,
    config: Object.freeze(config),
    origins: {
      ...originOfAll(stored.config, { kind: "checkpoint" }),
      ...overrideOrigins(changes, implied),
    },
    done: `step ${stored.step}`,
    step: () => stored.step,
    restore(config) {
      const { passedOver } = stored;
      return [restoreState({ ...stored, config }), { config, passedOver }];
    },
  };
}

/** What the arguments of the official program do not say is as in the recipe for ViT-S. */
function openOfficial(path: string, overrides: Partial<Config>): EarlierRun {
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
  const { epoch } = original;
  if (epoch >= config.epochs) {
    throw new TypeError(
      `Cannot continue from ${path}: it has done ${epoch} of ${config.epochs} epochs; ` +
        "`epochs` gives it more",
    );
  }
  return {
    path,
    config: Object.freeze(config),
    origins: {
      ...originOfAll(originalBase, { kind: "preset", name: originalBase.preset }),
      ...originOfAll({ ...original.config, preset: "original" }, { kind: "checkpoint" }),
      ...overrideOrigins(changes, implied),
    },
    done: `epoch ${epoch}`,
    step: (stepsPerEpoch) => epoch * stepsPerEpoch,
    restore: (config, stepsPerEpoch) => [
      restoreOriginal(original, config, stepsPerEpoch),
      { config },
    ],
  };
}

/**
 * Refuses an earlier run that has come to its last step.
 *
 * @throws {TypeError} If it has.
 */
export function checkUnfinished({ path, step, config }: EarlierRun, data: Dataset): void {
  const { steps, stepsPerEpoch } = lengthOf(config, data.train.length);
  const done = step(stepsPerEpoch);
  if (done < steps) return;
  throw new TypeError(
    `Cannot continue from ${path}: it has done ${done} of ${steps} steps; \`steps\` or ` +
      "`epochs` gives it more",
  );
}

/** Writes the state of an earlier run as the first checkpoint of a run that has begun. */
export async function importState(
  run: Pick<Run, "path">,
  { earlier, config }: { earlier: EarlierRun; config: Config },
  { data, observer = silent }: { data: Dataset; observer?: Observer },
): Promise<void> {
  const { stepsPerEpoch, steps } = lengthOf(config, data.train.length);
  const [state, course] = earlier.restore(config, stepsPerEpoch);
  await saveState(pathOf(run, "checkpoint.safetensors"), state, course);
  dispose(state);
  const { path, done, step } = earlier;
  observer.tell(
    `Continuing ${path} after its ${done}: step ${step(stepsPerEpoch)} of ${steps}`,
  );
}
