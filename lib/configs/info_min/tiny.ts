import { smallBatch, smallOptimizer, smallResnet, smallVit, twoSmallViews } from "../small.ts";
import type { InfoMinConfig } from "./config.ts";
import { infoMinResnet50Epochs800 } from "./resnet50.ts";

const { resnet: _resnet, ...published } = infoMinResnet50Epochs800;

/** A small ViT on images of 32 to 64 pixels; see {@linkcode infoMinHeadings}. */
export const infoMinTiny = Object.freeze(
  {
    ...published,
    ...smallVit,
    ...twoSmallViews,
    ...smallBatch,
    ...smallOptimizer,
    queue: 2048,
    jitterStrength: [0.4, 0.4, 0.2, 0.1],
    randAugment: [5, 0.5],
    jigsawCrop: 54,
    jigsawPatch: 16,
    teacherMomentum: 0.99,
  } as const satisfies InfoMinConfig,
) as Readonly<InfoMinConfig>;

/** The same with a small residual network; see {@linkcode infoMinHeadings}. */
export const infoMinTinyResnet = Object.freeze(
  { ...infoMinTiny, ...smallResnet } as const satisfies InfoMinConfig,
) as Readonly<InfoMinConfig>;
