import { assertAlmostEquals, assertEquals } from "@std/assert";
import { sampleConfig } from "../testing/sample_config.ts";
import { teacherSchedules } from "./teacher_schedules.ts";

const length = { steps: 100, stepsPerEpoch: 10 };
const config = { ...sampleConfig, warmup: "10%", freezeLastLayer: 2 } as const;

Deno.test("teacherSchedules() scales the rate by the batch only where a batch is named", () => {
  const rate = (learningRateBatch: number | null) =>
    teacherSchedules({ ...config, learningRateBatch, batchSize: 512 }, length)(9).rate;
  assertAlmostEquals(rate(null), config.learningRate);
  assertAlmostEquals(rate(256), 2 * config.learningRate);
});

Deno.test("teacherSchedules() end where the run ends", () => {
  const { rate, momentum } = teacherSchedules(config, length)(99);
  assertAlmostEquals(rate, config.minLearningRate, 1e-5);
  assertAlmostEquals(momentum!, 1, 1e-4);
});

Deno.test("teacherSchedules() thaw the last layer after its span", () => {
  const at = teacherSchedules(config, length);
  assertEquals([0, 19, 20].map((step) => at(step).frozen), [1, 1, 0]);
});

Deno.test("teacherSchedules() tighten the clip to a tenth after its span, or never", () => {
  const clips = (tightenClip: number | null) =>
    [0, 29, 30, 99].map((step) => teacherSchedules({ ...config, tightenClip }, length)(step).clip);
  assertEquals(clips(3), [3, 3, 0.3, 0.3]);
  assertEquals(clips(null), [3, 3, 3, 3]);
});

Deno.test("teacherSchedules() warm the teacher up by epochs, or by steps", () => {
  const heat = { warmupTeacherTemperature: 0, teacherTemperature: 1 };
  const byEpoch = teacherSchedules({ ...config, ...heat, teacherTemperatureWarmup: 3 }, length);
  const byStep = teacherSchedules({ ...config, ...heat, teacherTemperatureWarmup: "3%" }, length);
  assertEquals([0, 9, 10, 20, 99].map((s) => byEpoch(s).teacherTemperature), [0, 0, 0.5, 1, 1]);
  assertEquals([0, 1, 2, 99].map((s) => byStep(s).teacherTemperature), [0, 0.5, 1, 1]);
});
