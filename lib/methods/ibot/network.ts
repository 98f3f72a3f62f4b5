import * as tf from "@tensorflow/tfjs";
import type { IbotConfig } from "../../configs/mod.ts";
import { initVit, type Vit, vitShapes } from "../../models/mod.ts";
import {
  initProjector,
  initPrototypes,
  projectorShapes,
  prototypeShapes,
} from "../../objectives/mod.ts";
import type { Random } from "../../random/mod.ts";
import { below, flatten, type Shapes, unflatten } from "../../tree/mod.ts";
import { learned as learnedOfDino } from "../learned.ts";
import type { IbotHead } from "./head.ts";

/** A vision transformer and its head, under the reference's names. */
export type IbotNetwork = { backbone: Vit; head: IbotHead };

/** The tensors of a network; only a student has something that stands in for masked patches. */
export function networkShapes(config: IbotConfig, { student }: { student: boolean }): Shapes {
  const { bottleneck, prototypes, patchPrototypes, sharedHead } = config;
  const head = {
    ...below("mlp", projectorShapes(sizesOf(config), { batchNorm: false, bias: true })),
    ...below("last_layer", prototypeShapes([bottleneck, prototypes])),
    ...!sharedHead && below("last_layer2", prototypeShapes([bottleneck, patchPrototypes])),
  };
  return {
    ...below("backbone", vitShapes(config)),
    ...student && { "backbone.masked_embed": [1, config.width] },
    ...below("head", head),
  };
}

/** A new student: what stands in for masked patches begins as zeros. */
export function initNetwork(config: IbotConfig, random: Random): IbotNetwork {
  const { bottleneck, prototypes, patchPrototypes, sharedHead, width } = config;
  const head = random.fork("head");
  return {
    backbone: { ...initVit(config, random.fork("backbone")), masked_embed: tf.zeros([1, width]) },
    head: {
      mlp: initProjector(head, sizesOf(config), { batchNorm: false, bias: true }),
      last_layer: initPrototypes(head, [bottleneck, prototypes]),
      ...!sharedHead && { last_layer2: initPrototypes(head, [bottleneck, patchPrototypes]) },
    },
  };
}

/** The teacher that equals a student: tensors of its own, but none for masked patches. */
export function teacherOf(student: IbotNetwork): IbotNetwork {
  const entries = Object.entries(flatten(student))
    .filter(([name]) => name !== "backbone.masked_embed")
    .map(([name, tensor]) => [name, tensor.clone()]);
  return unflatten<IbotNetwork>(Object.fromEntries(entries));
}

/** Whether a tensor is learned: all but lengths of prototypes that are to stay 1. */
export function learned(name: string, config: Pick<IbotConfig, "normLastLayer">): boolean {
  return learnedOfDino(name.replace("last_layer2.", "last_layer."), config);
}

function sizesOf({ width, headLayers, headHidden, bottleneck }: IbotConfig): number[] {
  return [width, ...Array<number>(headLayers - 1).fill(headHidden), bottleneck];
}
