import type { MugsConfig } from "../../configs/mod.ts";
import { initVit, type Vit, vitShapes } from "../../models/mod.ts";
import {
  type ContrastHead,
  contrastHeadShapes,
  type GroupHead,
  groupHeadShapes,
  initContrastHead,
  initGroupHead,
} from "../../objectives/mod.ts";
import type { Random } from "../../random/mod.ts";
import { below, flatten, type Named, type Shapes, unflatten } from "../../tree/mod.ts";

/**
 * A backbone and its three heads, under the reference's names. A teacher's heads have no
 * predictors.
 */
export type MugsNetwork = {
  backbone: Vit;
  instance_head: ContrastHead;
  local_group_head: ContrastHead;
  group_head: GroupHead;
};

/** A new student. */
export function initNetwork(config: MugsConfig, random: Random): MugsNetwork {
  const { width, headOut, localGroupOut } = config;
  const head = (name: string, headOut: number) =>
    initContrastHead(random.fork(name), { ...config, headOut }, { width, predictor: true });
  return {
    backbone: initVit(config, random.fork("backbone")),
    instance_head: head("instance_head", headOut),
    local_group_head: head("local_group_head", localGroupOut ?? headOut),
    group_head: initGroupHead(random.fork("group_head"), config, { width }),
  };
}

/** The tensors of a student. */
export function studentShapes(config: MugsConfig): Shapes {
  const { width, headOut, localGroupOut } = config;
  const head = (headOut: number) =>
    contrastHeadShapes({ ...config, headOut }, { width, predictor: true });
  return {
    ...below("backbone", vitShapes(config)),
    ...below("instance_head", head(headOut)),
    ...below("local_group_head", head(localGroupOut ?? headOut)),
    ...below("group_head", groupHeadShapes(config, { width })),
  };
}

/** The tensors of a teacher: a student's without the predictors. */
export function teacherShapes(config: MugsConfig): Shapes {
  const entries = Object.entries(studentShapes(config));
  return Object.fromEntries(entries.filter(([name]) => !isPredictor(name)));
}

/** The teacher that equals a student: tensors of its own, without the predictors. */
export function teacherOf(student: MugsNetwork): MugsNetwork {
  const named: Named = {};
  for (const [name, tensor] of Object.entries(flatten(student))) {
    if (!isPredictor(name)) named[name] = tensor.clone();
  }
  return unflatten<MugsNetwork>(named);
}

function isPredictor(name: string): boolean {
  return name.includes(".predictor.");
}
