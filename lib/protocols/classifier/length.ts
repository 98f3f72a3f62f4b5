import type { ClassifierConfig } from "../../configs/mod.ts";
import { type Repeats, stepsPerEpoch } from "../../datasets/mod.ts";
import type { Length } from "../../optim/mod.ts";

/** How images are repeated in an epoch, if they are. */
export function repeatOf(
  { repeats: times, repeatRound: round }: Pick<ClassifierConfig, "repeats" | "repeatRound">,
): Repeats | undefined {
  return times > 1 ? { times, round } : undefined;
}

/**
 * The length of a classifier's training on `count` images.
 *
 * @throws {RangeError} If there are no images, its epochs are empty, or it has no step.
 */
export function classifierLength(config: ClassifierConfig, count: number): Length {
  if (count < 1) throw new RangeError("Cannot train on 0 images");
  const perEpoch = stepsPerEpoch(count, config.batchSize, { repeat: repeatOf(config) });
  if (perEpoch === 0) {
    throw new RangeError(
      `Cannot train on ${count} images: with \`repeats\` ${config.repeats} an epoch takes a ` +
        `multiple of \`repeatRound\` ${config.repeatRound} images, and is empty; give a smaller one`,
    );
  }
  const steps = config.steps ?? Math.round(config.epochs * perEpoch);
  if (steps >= 1) return { steps, stepsPerEpoch: perEpoch };
  throw new RangeError(`Cannot train for ${steps} steps: give more epochs, or steps`);
}
