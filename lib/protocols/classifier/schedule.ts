import type { ClassifierConfig } from "../../configs/mod.ts";
import { cosine, epochCosine, type Length, type Schedule } from "../../optim/mod.ts";

/** The numbers that the optimizer takes at a step. */
export type ClassifierNumbers = { rate: number; weightDecay: number };

/**
 * The schedules of a classifier as a function of the step: the learning rate from step to step as
 * in fine-tuning, or from epoch to epoch as in the other two; weight decay by a cosine.
 *
 * @throws {RangeError} If the warm-up does not fit into the run.
 */
export function classifierSchedule(
  config: ClassifierConfig,
  length: Length,
): (step: number) => ClassifierNumbers {
  const rate = rateOf(config, length);
  const weightDecay = cosine([config.weightDecay, config.weightDecayEnd], length.steps);
  return (step) => ({ rate: rate(step), weightDecay: weightDecay(step) });
}

function rateOf(config: ClassifierConfig, { steps, stepsPerEpoch }: Length): Schedule {
  const { batchSize, learningRateBatch, minLearningRate: minimum, warmup, warmupRate } = config;
  const rate = config.learningRate * (learningRateBatch ? batchSize / learningRateBatch : 1);
  if (config.rateChanges === "step") {
    const rising = Math.min(steps, Math.round(warmup * stepsPerEpoch));
    return cosine([rate, minimum], steps, { warmup: rising, warmupStart: warmupRate });
  }
  const epochs = steps / stepsPerEpoch;
  const ofEpoch = epochCosine({ rate, minimum, epochs, warmup, warmupRate });
  return (step) => ofEpoch(Math.floor(step / stepsPerEpoch));
}
