import type { MugsConfig } from "./config.ts";
import { vitBase400 } from "./vit_base.ts";

/** ViT-L/16 for 250 epochs; see {@linkcode mugsHeadings}. */
export const vitLarge250 = Object.freeze(
  {
    ...vitBase400,
    preset: "vit_large_250ep",
    arch: "vit_large",
    batchSize: 640,
    epochs: 250,
    width: 1024,
    depth: 24,
    heads: 16,
    dropPath: 0.3,
    learningRate: 1.5e-3,
    minLearningRate: 1.5e-4,
    weightDecay: 0.025,
    weightDecayEnd: 0.08,
    // The release divides the clip by 10 in the epochs after number 100, counted from 0.
    tightenClip: 101,
  } as const satisfies MugsConfig,
) as Readonly<MugsConfig>;
