import { smallBatch, smallOptimizer, smallResnet, smallVit, twoSmallViews } from "../small.ts";
import type { SimsiamConfig } from "./config.ts";
import { simsiamResnet50Epochs100 } from "./resnet50.ts";

const { resnet: _, ...published } = simsiamResnet50Epochs100;

/** A small ViT on images of 32 to 64 pixels; see {@linkcode simsiamHeadings}. */
export const simsiamTiny = Object.freeze(
  {
    ...published,
    ...smallVit,
    ...twoSmallViews,
    ...smallBatch,
    ...smallOptimizer,
    headOut: 256,
    predictorHidden: 64,
    // At the rate of the others, 0.0015, falling for the predictor, too, it got worse with time:
    // after 40 epochs of 20 classes of Tiny-ImageNet it had 15.8 % by k-NN; at this one, constant
    // for the predictor as published, it has 27.9 %, and before training 19.6 %.
    learningRate: 5e-4,
  } as const satisfies SimsiamConfig,
) as Readonly<SimsiamConfig>;

/** The same with a small residual network; see {@linkcode simsiamHeadings}. */
export const simsiamTinyResnet = Object.freeze(
  { ...simsiamTiny, ...smallResnet } as const satisfies SimsiamConfig,
) as Readonly<SimsiamConfig>;
