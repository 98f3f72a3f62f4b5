/**
 * Mugs: instance, local-group and group supervision of a vision transformer.
 *
 * Source: Zhou et al. 2022, "Mugs: A multi-granular self-supervised learning framework", and its
 * official code.
 *
 * @module
 */
import { type MugsConfig, recipes } from "../../configs/mod.ts";
import { groups } from "../../optim/mod.ts";
import { learned } from "../learned.ts";
import type { Method } from "../method.ts";
import { teacherSchedules } from "../teacher_schedules.ts";
import { joins, next } from "./buffers.ts";
import { assign, learn, teach } from "./passes.ts";
import { init, type MugsState, shapes } from "./state.ts";
import { masks, studentViews, views } from "./views.ts";

/** Mugs as a method. */
export const mugs: Method<MugsConfig, MugsState> = {
  ...recipes.mugs,
  views,
  studentViews,
  shapes,
  init,
  learned,
  groups: ({ patchEmbedRate }) => groups(patchEmbedRate),
  schedules: teacherSchedules,
  masks,
  teach,
  learn,
  next,
  joins,
  whole: ({ batchNormInHead }) => batchNormInHead ? "normalize by batch in the heads" : null,
  assign,
  names: [
    ["memories.student", "student_mem.block"],
    ["memories.teacher", "teacher_mem.block"],
    ["queues.instance", "instance"],
    ["queues.localGroup", "local_group"],
    ["center", "group.center"],
  ],
};
