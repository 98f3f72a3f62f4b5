import type { Rule } from "../recipe.ts";
import { followBatch } from "../rules.ts";
import type { MugsConfig } from "./config.ts";

/** The presets whose values follow the batch. The official ones stay as they are published. */
export const scaled: readonly string[] = ["tiny", "cifar", "imagenette", "imagenet100"];

/**
 * As many steps of the past as the preset keeps, in a power of two of rows; never fewer than a step
 * needs or more than the release has.
 */
function rows(name: "instanceQueue" | "localGroupQueue" | "memory"): Rule<MugsConfig> {
  return {
    about: "as many steps as in the preset, to a power of two up to 65536 (ours)",
    value(preset, batchSize) {
      const proportional = preset[name] * batchSize / preset.batchSize;
      const least = Math.max(2 * batchSize, preset.neighbors);
      return Math.max(
        2 ** Math.ceil(Math.log2(least)),
        Math.min(65536, 2 ** Math.round(Math.log2(proportional))),
      );
    },
  };
}

/**
 * What follows from the batch. The learning rate is not among them: all presets state it for a
 * batch, and it is scaled in proportion when training begins (the release's rule).
 */
export const rules: Readonly<Partial<Record<keyof MugsConfig, Rule<MugsConfig>>>> = Object.freeze({
  teacherMomentum: followBatch,
  instanceQueue: rows("instanceQueue"),
  localGroupQueue: rows("localGroupQueue"),
  memory: rows("memory"),
});
