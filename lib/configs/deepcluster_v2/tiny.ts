import { fourTinyViews, smallOptimizer, smallResnet, smallVit, twoSmallViews } from "../small.ts";
import type { DeepclusterV2Config } from "./config.ts";
import { deepclusterV2Resnet50Epochs800 } from "./resnet50.ts";

const { resnet: _resnet, ...published } = deepclusterV2Resnet50Epochs800;

/** A small ViT on images of 32 to 64 pixels; see {@linkcode deepclusterV2Headings}. */
export const deepclusterV2Tiny = Object.freeze(
  {
    ...published,
    ...smallVit,
    ...smallOptimizer,
    batchSize: 64,
    epochs: 52,

    headHidden: 256,
    headOut: 128,
    clusters: [128, 128, 128],

    ...twoSmallViews,
    ...fourTinyViews,
    jitterStrength: [0.4, 0.4, 0.2, 0.1],

    learningRateBatch: 64,
    warmupRate: 0,
  } as const satisfies DeepclusterV2Config,
) as Readonly<DeepclusterV2Config>;

/** The same with a small residual network; see {@linkcode deepclusterV2Headings}. */
export const deepclusterV2TinyResnet = Object.freeze(
  { ...deepclusterV2Tiny, ...smallResnet } as const satisfies DeepclusterV2Config,
) as Readonly<DeepclusterV2Config>;
