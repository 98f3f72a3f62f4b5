import { type Length, type OptimConfig, stepsOf } from "./config.ts";
import { cosine, type CosineOptions } from "./schedule.ts";

/** The numbers that the optimizer takes at a step. */
export type OptimNumbers = {
  rate: number;
  weightDecay: number;
  /** 1 while the last layer is frozen, 0 afterwards. */
  frozen: number;
  /** Greatest norm of a tensor's gradient; 0 for no limit. */
  clip: number;
};

/**
 * The schedules of an optimizer as a function of the step: learning rate and weight decay by
 * cosines.
 *
 * @param options `reached`: whether the warm-up ends at the full rate, as by default;
 * `warmupStart`: the rate at which it begins, by default 0.
 * @throws {RangeError} If a schedule does not fit into the run.
 */
export function optimSchedules(
  config: OptimConfig & { batchSize: number },
  length: Length,
  { reached, warmupStart }: Pick<CosineOptions, "reached" | "warmupStart"> = {},
): (step: number) => OptimNumbers {
  const { steps } = length;
  const scale = config.learningRateBatch ? config.batchSize / config.learningRateBatch : 1;
  const rate = cosine([config.learningRate * scale, config.minLearningRate], steps, {
    warmup: Math.min(steps, stepsOf(config.warmup, length)),
    reached,
    warmupStart,
  });
  const weightDecay = cosine([config.weightDecay, config.weightDecayEnd], steps);
  const thaw = stepsOf(config.freezeLastLayer, length);
  const tighten = stepsOf(config.tightenClip ?? Infinity, length);
  return (step) => ({
    rate: rate(step),
    weightDecay: weightDecay(step),
    frozen: step < thaw ? 1 : 0,
    clip: config.clipGradient / (step < tighten ? 1 : 10),
  });
}
