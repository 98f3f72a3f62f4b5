import { smallBatch, smallOptimizer, smallResnet, smallVit, twoSmallViews } from "../small.ts";
import type { ByolConfig } from "./config.ts";
import { byolResnet50Epochs1000 } from "./resnet50.ts";

const { resnet: _resnet, ...published } = byolResnet50Epochs1000;

/** A small ViT on images of 32 to 64 pixels; see {@linkcode byolHeadings}. */
export const byolTiny = Object.freeze(
  {
    ...published,
    ...smallVit,
    ...twoSmallViews,
    ...smallBatch,
    ...smallOptimizer,
    headHidden: 256,
    predictorHidden: 256,
    headOut: 128,
    teacherMomentum: 0.99,
  } as const satisfies ByolConfig,
) as Readonly<ByolConfig>;

/** The same with a small residual network; see {@linkcode byolHeadings}. */
export const byolTinyResnet = Object.freeze(
  { ...byolTiny, ...smallResnet } as const satisfies ByolConfig,
) as Readonly<ByolConfig>;
