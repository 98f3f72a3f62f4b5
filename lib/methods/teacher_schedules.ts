import type { Config, TeacherConfig, TemperatureConfig } from "../configs/mod.ts";
import { cosine, type Length, optimSchedules } from "../optim/mod.ts";
import type { StepNumbers } from "./method.ts";
import { temperature } from "./temperature.ts";

/**
 * The numbers of every step of a method whose teacher assigns to prototypes: its momentum rises to
 * 1 by a cosine, and its temperature is warmed up.
 *
 * @throws {RangeError} If a schedule does not fit into the run.
 */
export function teacherSchedules(
  config: Config & TeacherConfig & TemperatureConfig,
  length: Length,
): (step: number) => StepNumbers {
  const optim = optimSchedules(config, length);
  const momentum = cosine([config.teacherMomentum, 1], length.steps);
  const teacherTemperature = temperature(config, length);
  return (step) => ({
    ...optim(step),
    momentum: momentum(step),
    teacherTemperature: teacherTemperature(step),
  });
}
