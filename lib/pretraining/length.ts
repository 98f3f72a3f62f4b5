import type { Config } from "../configs/mod.ts";
import { stepsPerEpoch } from "../datasets/mod.ts";
import type { Length } from "../optim/mod.ts";

/**
 * The length of a run over `count` images.
 *
 * @throws {RangeError} If there are no images, or the run has no step.
 */
export function lengthOf(
  { epochs, steps, batchSize }: Pick<Config, "epochs" | "steps" | "batchSize">,
  count: number,
): Length {
  if (count < 1) throw new RangeError("Cannot train on 0 images");
  const perEpoch = stepsPerEpoch(count, batchSize);
  const length = { steps: steps ?? Math.round(epochs * perEpoch), stepsPerEpoch: perEpoch };
  if (length.steps >= 1) return length;
  throw new RangeError(`Cannot train for ${length.steps} steps: give more epochs, or steps`);
}
