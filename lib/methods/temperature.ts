import type { TemperatureConfig } from "../configs/mod.ts";
import { type Length, ramp, type Schedule, stepsOf } from "../optim/mod.ts";

/**
 * The temperature of a teacher's assignments, warmed up along a line. For some epochs it moves from
 * epoch to epoch, as in the reference; for a percentage of the run, from step to step.
 */
export function temperature(config: TemperatureConfig, length: Length): Schedule {
  const { warmupTeacherTemperature: first, teacherTemperature: last } = config;
  const { teacherTemperatureWarmup: span } = config;
  if (typeof span === "string") return ramp([first, last], stepsOf(span, length));
  const byEpoch = ramp([first, last], span);
  return (step) => byEpoch(Math.floor(step / length.stepsPerEpoch));
}
