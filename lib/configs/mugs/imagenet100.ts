import type { MugsConfig } from "./config.ts";
import { vitSmall300 } from "./vit_small.ts";

/**
 * ViT-S/16 at its full size on a hundred classes of ImageNet, for one GPU; see
 * {@linkcode mugsHeadings}.
 */
export const imagenet100 = Object.freeze(
  {
    ...vitSmall300,
    preset: "imagenet100",
    batchSize: 128,
    epochs: 200,
    precision: "auto",
    prototypes: 16384,
    instanceQueue: 16384,
    localGroupQueue: 16384,
    memory: 16384,
    localCrops: 6,
    teacherMomentum: 0.998,
  } as const satisfies MugsConfig,
) as Readonly<MugsConfig>;
