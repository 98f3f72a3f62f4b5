/**
 * DINO: a student learns the assignments that its own moving average gives to other views.
 *
 * Source: Caron et al. 2021, "Emerging properties in self-supervised vision transformers", and its
 * official code.
 *
 * @module
 */
import { type DinoConfig, recipes } from "../../configs/mod.ts";
import { groups } from "../../optim/mod.ts";
import { learned } from "../learned.ts";
import type { Method } from "../method.ts";
import { teacherSchedules } from "../teacher_schedules.ts";
import { assign, learn, teach } from "./passes.ts";
import { type DinoState, init, next, shapes } from "./state.ts";
import { masks, studentViews, views } from "../multi_crop_views.ts";

/** DINO as a method. */
export const dino: Method<DinoConfig, DinoState> = {
  ...recipes.dino,
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
  joins: { center: "mean" },
  whole: ({ batchNormInHead, resnet }) =>
    resnet
      ? "normalize by batch in the backbone"
      : batchNormInHead
      ? "normalize by batch in the head"
      : null,
  assign,
  names: [["center", "dino_loss.center"]],
};
