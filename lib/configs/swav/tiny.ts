import { fourTinyViews, smallOptimizer, smallResnet, smallVit, twoSmallViews } from "../small.ts";
import type { SwavConfig } from "./config.ts";
import { swavVitSmall800 } from "./vit_small.ts";

/** A small ViT on images of 32 to 64 pixels; see {@linkcode swavHeadings}. */
export const swavTiny = Object.freeze(
  {
    ...swavVitSmall800,
    ...smallVit,
    ...smallOptimizer,
    batchSize: 64,
    epochs: 52,

    headHidden: 256,
    headOut: 128,
    prototypes: 256,
    // No queue: in so short a run embeddings of a few steps ago are those of another network, and
    // the batch, assigned together with them, shares a few prototypes. From the start, 1024 of them
    // gave 15.6 % by k-NN on 20 classes of Tiny-ImageNet after 3 epochs, none 21.2 %; a network
    // before training has 19.6 %.
    queue: 0,
    queueStart: 0,

    ...twoSmallViews,
    ...fourTinyViews,
    jitterStrength: [0.4, 0.4, 0.2, 0.1],

    learningRateBatch: 64,
    freezeLastLayer: "2%",
  } as const satisfies SwavConfig,
) as Readonly<SwavConfig>;

/** The same with a small residual network; see {@linkcode swavHeadings}. */
export const swavTinyResnet = Object.freeze(
  { ...swavTiny, ...smallResnet } as const satisfies SwavConfig,
) as Readonly<SwavConfig>;
