import { cosine, linear, type Schedule } from "../optim/mod.ts";
import { type Length, type OptimConfig, type RunConfig, stepsOf } from "./config.ts";

/** What changes from step to step, as numbers. */
export type Moment = {
  rate: number;
  weightDecay: number;
  momentum: number;
  teacherTemperature: number;
  /** 1 while the last layer is frozen, 0 afterwards. */
  frozen: number;
  /** Greatest norm of a tensor's gradient; 0 for any. */
  clip: number;
};

/**
 * The schedules of a run as functions of the step: learning rate and weight decay by cosines, the teacher's momentum by
 * one to 1, its temperature along a line. A temperature warmed up for some epochs moves from epoch to epoch, as in the
 * reference; for a percentage, from step to step.
 */
export function schedules(
  config: OptimConfig & Pick<RunConfig, "batchSize">,
  length: Length,
): (step: number) => Moment {
  const { steps } = length;
  const scale = config.learningRateBatch ? config.batchSize / config.learningRateBatch : 1;
  const rate = cosine([config.learningRate * scale, config.minLearningRate], steps, {
    warmup: Math.min(steps, stepsOf(config.warmup, length)),
  });
  const weightDecay = cosine([config.weightDecay, config.weightDecayEnd], steps);
  const momentum = cosine([config.teacherMomentum, 1], steps);
  const teacherTemperature = temperature(config, length);
  const thaw = stepsOf(config.freezeLastLayer, length);
  const tighten = stepsOf(config.tightenClip ?? Infinity, length);
  return (step) => ({
    rate: rate(step),
    weightDecay: weightDecay(step),
    momentum: momentum(step),
    teacherTemperature: teacherTemperature(step),
    frozen: step < thaw ? 1 : 0,
    clip: config.clipGradient / (step < tighten ? 1 : 10),
  });
}

function temperature(config: OptimConfig, length: Length): Schedule {
  const { warmupTeacherTemperature: cold, teacherTemperature, teacherTemperatureWarmup: span } =
    config;
  if (typeof span === "string") return linear([cold, teacherTemperature], stepsOf(span, length));
  const byEpoch = linear([cold, teacherTemperature], span);
  return (step) => byEpoch(Math.floor(step / length.stepsPerEpoch));
}
