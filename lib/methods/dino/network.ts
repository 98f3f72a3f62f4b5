import type { DinoConfig } from "../../configs/mod.ts";
import type { Random } from "../../random/mod.ts";
import { map } from "../../tree/mod.ts";
import { type Backbone, featureWidth, initBackbone } from "../backbone.ts";
import { type DinoHead, initDinoHead } from "./head.ts";

/** A backbone and its head, under the reference's names. */
export type DinoNetwork = { backbone: Backbone; head: DinoHead };

/** A new student. */
export function initNetwork(config: DinoConfig, random: Random): DinoNetwork {
  return {
    backbone: initBackbone(config, random.fork("backbone")),
    head: initDinoHead(random.fork("head"), config, { width: featureWidth(config) }),
  };
}

/** The teacher that equals a student: tensors of its own, running statistics included. */
export function teacherOf(student: DinoNetwork): DinoNetwork {
  return map((tensor) => tensor.clone(), student);
}
