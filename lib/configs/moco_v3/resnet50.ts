import { resnet50 } from "../resnets.ts";
import type { MocoV3Config } from "./config.ts";
import { mocoV3VitSmall300 } from "./vit.ts";

/** ResNet-50 for 100 epochs; see {@linkcode mocoV3Headings}. */
export const mocoV3Resnet50Epochs100 = Object.freeze(
  {
    ...mocoV3VitSmall300,
    preset: "resnet50_100ep",
    arch: "resnet50",
    resnet: resnet50,
    epochs: 100,
    projectorLayers: 2,
    normAfterPredictor: false,
    temperature: 1,
    frozenPatches: false,
    globalScale: [0.2, 1],
    optimizer: "lars",
    learningRate: 0.6,
    warmup: 10,
    weightDecay: 1e-6,
    weightDecayEnd: 1e-6,
  } as const satisfies MocoV3Config,
) as Readonly<MocoV3Config>;

/** ResNet-50 for 300 epochs; see {@linkcode mocoV3Headings}. */
export const mocoV3Resnet50Epochs300 = Object.freeze(
  {
    ...mocoV3Resnet50Epochs100,
    preset: "resnet50_300ep",
    epochs: 300,
    learningRate: 0.3,
  } as const satisfies MocoV3Config,
) as Readonly<MocoV3Config>;

/** ResNet-50 for 1000 epochs; see {@linkcode mocoV3Headings}. */
export const mocoV3Resnet50Epochs1000 = Object.freeze(
  {
    ...mocoV3Resnet50Epochs300,
    preset: "resnet50_1000ep",
    epochs: 1000,
    weightDecay: 1.5e-6,
    weightDecayEnd: 1.5e-6,
    teacherMomentum: 0.996,
  } as const satisfies MocoV3Config,
) as Readonly<MocoV3Config>;
