import { smallBatch, smallOptimizer, smallResnet, smallVit, twoSmallViews } from "../small.ts";
import type { SimclrConfig } from "./config.ts";
import { simclrResnet50Epochs100 } from "./resnet50.ts";

const { resnet: _resnet, ...published } = simclrResnet50Epochs100;

/** A small ViT on images of 32 to 64 pixels; see {@linkcode simclrHeadings}. */
export const simclrTiny = Object.freeze(
  {
    ...published,
    ...smallVit,
    ...twoSmallViews,
    ...smallBatch,
    ...smallOptimizer,
    rootRate: false,
    jitterStrength: [0.4, 0.4, 0.2, 0.1],
    temperature: 0.2,
  } as const satisfies SimclrConfig,
) as Readonly<SimclrConfig>;

/** The same with a small residual network; see {@linkcode simclrHeadings}. */
export const simclrTinyResnet = Object.freeze(
  { ...simclrTiny, ...smallResnet } as const satisfies SimclrConfig,
) as Readonly<SimclrConfig>;
