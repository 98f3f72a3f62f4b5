/**
 * iBOT: a student learns the assignments that its own moving average gives to other views, and to
 * patches that it does not see itself.
 *
 * Source: Zhou et al. 2022, "iBOT: Image BERT pre-training with online tokenizer", and its official
 * code.
 *
 * @module
 */
import { type IbotConfig, recipes } from "../../configs/mod.ts";
import { groups, type Length, stepsOf } from "../../optim/mod.ts";
import type { Method, StepNumbers } from "../method.ts";
import { teacherSchedules } from "../teacher_schedules.ts";
import { temperature } from "../temperature.ts";
import { learned } from "./network.ts";
import { assign, learn, teach } from "./passes.ts";
import { type IbotState, init, next, shapes } from "./state.ts";
import { masks, studentViews, views } from "./views.ts";

/** iBOT as a method. */
export const ibot: Method<IbotConfig, IbotState> = {
  ...recipes.ibot,
  views,
  studentViews,
  shapes,
  init,
  learned,
  groups: ({ patchEmbedRate }) => groups(patchEmbedRate),
  schedules,
  masks,
  teach,
  learn,
  next,
  joins: { center: "mean", patchCenter: "mean" },
  assign,
  names: [["center", "ibot_loss.center"], ["patchCenter", "ibot_loss.center2"]],
};

/** As DINO's; the temperature for patches waits at its start as long as nothing is masked. */
function schedules(config: IbotConfig, length: Length): (step: number) => StepNumbers {
  const shared = teacherSchedules(config, length);
  const start = stepsOf(config.maskStart, length);
  const patchTemperature = temperature({
    ...config,
    teacherTemperature: config.patchTeacherTemperature,
    warmupTeacherTemperature: config.warmupPatchTeacherTemperature,
  }, length);
  return (step) => ({
    ...shared(step),
    patchTeacherTemperature: patchTemperature(Math.max(0, step - start)),
    masking: step < start ? 0 : 1,
  });
}
