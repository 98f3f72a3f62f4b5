import type { DinoConfig } from "../../configs/mod.ts";
import { type Backbone, backboneShapes, featureWidth, initBackbone } from "../../models/mod.ts";
import type { Random } from "../../random/mod.ts";
import { below, map, type Shapes } from "../../tree/mod.ts";
import { type DinoHead, dinoHeadShapes, initDinoHead } from "./head.ts";

/** A backbone and its head, under the reference's names. */
export type DinoNetwork = { backbone: Backbone; head: DinoHead };

/** The tensors of a network. */
export function networkShapes(config: DinoConfig): Shapes {
  return {
    ...below("backbone", backboneShapes(config)),
    ...below("head", dinoHeadShapes(config, { width: featureWidth(config) })),
  };
}

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
