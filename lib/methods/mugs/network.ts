import type { MugsConfig } from "../../configs/mod.ts";
import { initVit, type Vit } from "../../models/mod.ts";
import {
  type ContrastHead,
  type GroupHead,
  initContrastHead,
  initGroupHead,
} from "../../objectives/mod.ts";
import type { Random } from "../../random/mod.ts";
import { flatten, type Named, unflatten } from "../../tree/mod.ts";

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

/** The teacher that equals a student: tensors of its own, without the predictors. */
export function teacherOf(student: MugsNetwork): MugsNetwork {
  const named: Named = {};
  for (const [name, tensor] of Object.entries(flatten(student))) {
    if (!name.includes(".predictor.")) named[name] = tensor.clone();
  }
  return unflatten<MugsNetwork>(named);
}
