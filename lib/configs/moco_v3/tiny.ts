import { smallResnet } from "../small.ts";
import type { MocoV3Config } from "./config.ts";
import { mocoV3VitSmall300 } from "./vit.ts";

/**
 * A ViT of 0.8 million parameters on images of 32 to 64 pixels, with the backbone and the schedules
 * of Mugs' preset of this name; see {@linkcode mocoV3Headings}.
 */
export const mocoV3Tiny = Object.freeze(
  {
    ...mocoV3VitSmall300,
    preset: "tiny",
    arch: "custom",
    batchSize: 128,
    precision: "auto",
    epochs: 104,

    imageSize: 32,
    patchSize: 8,
    width: 128,
    depth: 4,
    heads: 4,

    headHidden: 256,
    headOut: 128,

    globalSize: 32,
    globalScale: [0.25, 1],
    globalBlur: [0.2, 0.2],
    solarize: 0,

    learningRate: 1.5e-3,
    learningRateBatch: 128,
    warmup: "10%",
    weightDecay: 0.04,
    weightDecayEnd: 0.04,

    evalCrop: "whole",
    evalSize: 48,
  } as const satisfies MocoV3Config,
) as Readonly<MocoV3Config>;

/** The same with a small residual network, which has no patches; see {@linkcode mocoV3Headings}. */
export const mocoV3TinyResnet = Object.freeze(
  { ...mocoV3Tiny, ...smallResnet, frozenPatches: false } as const satisfies MocoV3Config,
) as Readonly<MocoV3Config>;
